package io.quorate.benchmark.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the kernel keeps of the files of a folder in its own memory. */
final class PageCache {
    private static final int CHUNK_BYTES = 1 << 20;

    private PageCache() {}

    /** Reads all files once, so that they are in memory as far as there is room. */
    static void fill(Path folder) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (Path file : Folder.files(folder)) {
            fillFrom(file, chunk);
        }
    }

    private static void fillFrom(Path file, ByteBuffer chunk) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(chunk.clear()) >= 0) {
                continue;
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }

    /**
     * Forces all files to disk and evicts them from memory. The JVM has no call for that, GNU dd has, and needs no
     * rights beyond those to write the files.
     *
     * @return false if that cannot be done here. Then an unknown part is left in memory
     */
    static boolean empty(Path folder) throws IOException, InterruptedException {
        for (Path file : Folder.files(folder)) {
            if (!evict(file) && Files.exists(file)) {
                return false;
            }
        }
        return true;
    }

    private static boolean evict(Path file) throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "dd",
                                    "of=" + file,
                                    "oflag=nocache",
                                    "conv=notrunc,nocreat,fdatasync",
                                    "count=0",
                                    "status=none")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
