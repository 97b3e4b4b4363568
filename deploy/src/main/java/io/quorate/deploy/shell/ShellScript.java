package io.quorate.deploy.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.List;

/** Runs the lines of standard input, and ends at the first that fails, unless it goes on. */
public final class ShellScript {
    private final BufferedReader lines;
    private final CommandRunner runner;
    private final boolean keepGoing;
    private final PrintWriter err;

    public ShellScript(InputStream in, CommandRunner runner, boolean keepGoing, PrintWriter err) {
        this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        this.runner = runner;
        this.keepGoing = keepGoing;
        this.err = err;
    }

    /** Returns the exit code of the first line that failed, or of success. */
    public int run() {
        int first = ExitCode.SUCCESS;
        String line = next();
        for (int number = 1; line != null; number++, line = next()) {
            List<String> words = words(line, number);
            if (ShellPrompt.isLeave(words)) {
                return first;
            }
            int code = words.isEmpty() ? ExitCode.SUCCESS : runner.run(words);
            if (code != ExitCode.SUCCESS) {
                first = first == ExitCode.SUCCESS ? code : first;
                err.println("quorate: line " + number + " ended with " + code
                        + (keepGoing ? "" : "; no line after it was run"));
                if (!keepGoing) {
                    return code;
                }
            }
        }
        return first;
    }

    private String next() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw CommandFailure.refused("cannot read standard input: " + FailureText.of(e));
        }
    }

    private static List<String> words(String line, int number) {
        try {
            return ShellWords.of(line);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("line " + number + ": " + e.getMessage() + "; it and what follows was not run");
        }
    }
}
