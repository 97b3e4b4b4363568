package io.quorate.deploy.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A stream that remembers its first failure. A {@link java.io.PrintWriter} above it drops failures, so that a command
 * that acts, such as {@code cluster start}, acts to its end. The command then ends with {@link ExitCode#OUTPUT}.
 */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private volatile OutputFailure failure;

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    Optional<OutputFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (failure == null) {
                failure = OutputFailure.of(e);
            }
            throw e;
        }
    }
}
