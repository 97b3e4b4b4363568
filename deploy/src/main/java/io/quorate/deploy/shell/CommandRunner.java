package io.quorate.deploy.shell;

import java.util.List;

/** Runs one command line as {@code quorate} would, and returns its exit code. */
public interface CommandRunner {
    int run(List<String> words);
}
