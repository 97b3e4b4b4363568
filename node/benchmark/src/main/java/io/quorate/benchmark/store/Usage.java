package io.quorate.benchmark.store;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.common.time.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The resources that this process has used up to a moment. Both engines live in it, native threads and all. */
record Usage(long cpuNs, long writtenBytes) {
    private static final Path IO = Path.of("/proc/self/io");
    private static final String WRITTEN = "wchar: ";
    private static final double REST_RATIO = 0.05;
    private static final double REST_SECONDS_MAX = 300;

    static Usage now() {
        return new Usage(cpuNow(), writtenNow());
    }

    private static long cpuNow() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long writtenNow() {
        if (!Files.isReadable(IO)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(IO)) {
            return lines.filter(line -> line.startsWith(WRITTEN))
                    .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length())))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the process has used next to no processor time for a given time. Then the background work of an
     * engine is done.
     *
     * @param idleMs 0 waits for nothing
     * @return the seconds that took, those of the idle time not counted
     */
    static double awaitRest(int idleMs) throws InterruptedException {
        long start = SystemClock.INSTANCE.monotonicNs();
        double seconds = 0;
        while (idleMs > 0 && !isIdleFor(idleMs)) {
            seconds = (SystemClock.INSTANCE.monotonicNs() - start) / 1e9;
            if (seconds > REST_SECONDS_MAX) {
                throw new IllegalStateException("still busy " + REST_SECONDS_MAX + " s after the last operation");
            }
        }
        return seconds;
    }

    private static boolean isIdleFor(int ms) throws InterruptedException {
        long cpuBefore = cpuNow();
        long start = SystemClock.INSTANCE.monotonicNs();
        new CountDownLatch(1).await(ms, TimeUnit.MILLISECONDS);
        return cpuNow() - cpuBefore < (SystemClock.INSTANCE.monotonicNs() - start) * REST_RATIO;
    }
}
