package io.quorate.benchmark.store;

import io.quorate.common.time.SystemClock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until an engine has nothing left to do in the background. */
final class Rest {
    private static final double IDLE_RATIO = 0.05;

    private Rest() {}

    /**
     * Waits until the engine has neither flushes nor merges, and the process has used next to no processor time for a
     * given time.
     *
     * @param idleMs 0 waits for nothing
     * @return the seconds that took, those of the idle time not counted
     * @throws IllegalStateException if the process has been busy for five minutes and has written nothing
     */
    static double await(Engine engine, int idleMs) throws InterruptedException {
        long start = SystemClock.INSTANCE.monotonicNs();
        long now = start;
        long written = Usage.now().writtenBytes();
        Standstill standstill = new Standstill(written, start);
        Progress progress = new Progress(System.err, "bytes written, not at rest", start, written);
        while (idleMs > 0 && !isIdleFor(engine, idleMs)) {
            now = SystemClock.INSTANCE.monotonicNs();
            written = Usage.now().writtenBytes();
            if (standstill.isTooLong(written, now)) {
                throw new IllegalStateException("busy " + (now - start) / 1_000_000_000
                        + " s after the last operation, and nothing was written for the last 300 s");
            }
            if (progress.isDue(now)) {
                progress.tell(now, written);
            }
        }
        return (now - start) / 1e9;
    }

    private static boolean isIdleFor(Engine engine, int ms) throws InterruptedException {
        long cpuBefore = Usage.now().cpuNs();
        long start = SystemClock.INSTANCE.monotonicNs();
        new CountDownLatch(1).await(ms, TimeUnit.MILLISECONDS);
        long elapsed = SystemClock.INSTANCE.monotonicNs() - start;
        return Usage.now().cpuNs() - cpuBefore < elapsed * IDLE_RATIO && !engine.isAtWork();
    }
}
