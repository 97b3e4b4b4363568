package io.quorate.deploy.local.process;

/** Receives the progress of a command: a terminal, or a node's log. */
public interface Reporter {
    void report(String line);

    void warn(String line);
}
