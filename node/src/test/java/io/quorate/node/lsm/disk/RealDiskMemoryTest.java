package io.quorate.node.lsm.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK copies what a thread writes or reads into memory outside the heap, and keeps the longest copy. */
class RealDiskMemoryTest {
    private static final int LONG_BYTES = 32 << 20;
    private static final int LEFT_BYTES_MAX = 4 << 20;

    @Test
    void aLongWriteAndALongReadLeaveLittleMemoryOutsideTheHeap(@TempDir Path folder)
            throws ExecutionException, InterruptedException {
        FutureTask<Long> measured = new FutureTask<>(() -> growthOfALongWriteAndRead(new RealDisk(folder)));
        new Thread(measured, "reader and writer").start();
        long growth = measured.get();
        assertTrue(growth < LEFT_BYTES_MAX, "it left " + growth + " bytes");
    }

    private static long growthOfALongWriteAndRead(Disk disk) throws IOException {
        byte[] written = new byte[LONG_BYTES];
        new Random(1).nextBytes(written);
        byte[] read = new byte[LONG_BYTES];
        long before = directBytes();
        try (DiskFile file = disk.create("file")) {
            file.writeFully(written, 0, LONG_BYTES, 0);
            file.readFully(read, 0, LONG_BYTES, 0);
        }
        assertArrayEquals(written, read);
        return directBytes() - before;
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
