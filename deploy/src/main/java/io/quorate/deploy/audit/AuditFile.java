package io.quorate.deploy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that grows up to a size. Then it becomes {@code NAME.1}, the one of that name {@code NAME.2}, and so on. Only
 * its owner may read it. Used by one thread.
 */
final class AuditFile {
    private final Path path;
    private final long bytesMax;
    private final int kept;
    private Optional<FileChannel> open = Optional.empty();

    /** @param kept how many full files stay beside the one that grows */
    AuditFile(Path path, long bytesMax, int kept) {
        this.path = path;
        this.bytesMax = bytesMax;
        this.kept = kept;
    }

    /** Appends whole lines. After a failure the file is opened anew. */
    void append(byte[] lines) throws IOException {
        try {
            FileChannel channel = channel();
            if (channel.size() > 0 && channel.size() + lines.length > bytesMax) {
                close();
                rotate();
                channel = channel();
            }
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private FileChannel channel() throws IOException {
        if (open.isEmpty()) {
            open = Optional.of(FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        }
        return open.get();
    }

    private void rotate() throws IOException {
        Files.deleteIfExists(numbered(kept));
        for (int number = kept - 1; number >= 0; number--) {
            if (Files.exists(numbered(number))) {
                Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    void close() throws IOException {
        if (open.isPresent()) {
            FileChannel channel = open.get();
            open = Optional.empty();
            channel.close();
        }
    }
}
