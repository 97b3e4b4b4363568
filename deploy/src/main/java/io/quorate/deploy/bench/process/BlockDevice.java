package io.quorate.deploy.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The device below a file system, as Linux counts what it writes. A process's own figure ({@code /proc/PID/io}) is of
 * no use for that: it counts memory of the page cache that became dirty, and a kernel with large folios counts a whole
 * folio for each write of a few bytes.
 *
 * @param statistics the file of the block layer's statistics, {@code Documentation/block/stat.rst} of Linux
 */
public record BlockDevice(Path statistics) {
    private static final int SECTORS_WRITTEN = 6;
    private static final int SECTOR_BYTES = 512;

    /** The device of a folder. Empty if its file system has none of its own, as in memory or over several disks. */
    public static Optional<BlockDevice> of(Path folder) {
        try {
            long number = ((Number) Files.getAttribute(folder, "unix:dev")).longValue();
            return Optional.of(Path.of("/sys/dev/block", major(number) + ":" + minor(number), "stat"))
                    .filter(Files::isReadable)
                    .map(BlockDevice::new);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty(); // not on Linux
        }
    }

    /** As {@code gnu_dev_major} of the C library. */
    private static long major(long number) {
        return number >>> 8 & 0xfff | number >>> 32 & 0xfffff000L;
    }

    private static long minor(long number) {
        return number & 0xff | number >>> 12 & 0xffffff00L;
    }

    /** What the device has written since the machine started, in bytes. */
    public long writtenBytes() throws IOException {
        String[] fields = Files.readString(statistics).trim().split(" +");
        return Long.parseLong(fields[SECTORS_WRITTEN]) * SECTOR_BYTES;
    }
}
