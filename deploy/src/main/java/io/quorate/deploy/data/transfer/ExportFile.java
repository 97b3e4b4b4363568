package io.quorate.deploy.data.transfer;

import io.quorate.common.model.Key;
import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file with an export, which may have been interrupted.
 *
 * @param keys how many whole lines it has
 * @param bytes up to where they go. A torn line may come behind them
 * @param last the last key, or empty if there is none
 * @param isWhole whether it has its end
 */
record ExportFile(Path path, long keys, long bytes, Optional<Key> last, boolean isWhole) {
    static ExportFile fresh(Path path) {
        return new ExportFile(path, 0, 0, Optional.empty(), false);
    }

    /** What the file has so far, or nothing if there is none. */
    static ExportFile resumed(Path path) {
        try {
            return Files.exists(path) ? read(path) : fresh(path);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + path + ": " + FailureText.of(e) + "; nothing was sent");
        }
    }

    private static ExportFile read(Path path) throws IOException {
        long lines = 0;
        long whole = 0;
        byte[] last = new byte[0];
        try (InputStream in = Files.newInputStream(path)) {
            NumberedLines read = new NumberedLines(in);
            for (Optional<byte[]> line = read.next(); line.isPresent(); line = read.next()) {
                if (read.endedWithBreak()) {
                    lines++;
                    whole = read.bytes();
                    last = line.get();
                }
            }
        }
        return lines == 0 ? fresh(path) : of(path, lines, whole, last);
    }

    private static ExportFile of(Path path, long lines, long whole, byte[] last) {
        try {
            return TransferLine.parse(last)
                    .match(
                            key -> new ExportFile(path, lines, whole, Optional.of(key.key()), false),
                            end -> new ExportFile(path, lines - 1, whole, Optional.empty(), true));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    path + " is no export: line " + lines + " " + e.getMessage() + "; nothing was sent");
        }
    }

    /** Cuts a torn line, and goes on behind the whole ones. */
    FileChannel open(boolean mayExist) {
        try {
            FileChannel channel = mayExist
                    ? FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    : FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.truncate(bytes).position(bytes);
            return channel;
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(path + " exists already; --resume goes on with it. Nothing was sent");
        } catch (IOException e) {
            throw CommandFailure.usage("cannot write " + path + ": " + FailureText.of(e) + "; nothing was sent");
        }
    }
}
