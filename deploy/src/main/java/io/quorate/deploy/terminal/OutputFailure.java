package io.quorate.deploy.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Why standard output did not take everything.
 *
 * @param message for the user; empty if the reader of a pipe has gone, since it has seen what it wanted
 */
public record OutputFailure(String message) {
    private static final Path STREAM = Path.of("/proc/self/fd/1");

    static OutputFailure of(IOException cause) {
        return new OutputFailure(
                isReaderGone(cause)
                        ? ""
                        : "standard output could not be written: " + cause.getMessage()
                                + ". The output is not complete. What the command had to do is done");
    }

    /** A pipe has no disk that could be full. The text of the system's error depends on the locale. */
    private static boolean isReaderGone(IOException cause) {
        try {
            return "Broken pipe".equals(cause.getMessage())
                    || Files.readSymbolicLink(STREAM).toString().startsWith("pipe:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
