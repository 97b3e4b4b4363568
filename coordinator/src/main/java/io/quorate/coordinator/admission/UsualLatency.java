package io.quorate.coordinator.admission;

import java.util.concurrent.TimeUnit;

/**
 * The shortest latency of the last half to whole minute: how long an operation takes when it waits for nothing. A
 * minimum holds under overload too, because some operation is always lucky. It forgets, because a disk or a network may
 * become slower for good. Pure: the caller brings the time.
 */
final class UsualLatency {
    private static final long HALF_NS = TimeUnit.SECONDS.toNanos(30);

    private long currentNs = Long.MAX_VALUE;
    private long previousNs = Long.MAX_VALUE;
    private long halfBeganNs;
    private boolean begun;

    void add(long latencyNs, long nowNs) {
        if (!begun || nowNs - halfBeganNs >= HALF_NS) {
            previousNs = currentNs;
            currentNs = Long.MAX_VALUE;
            halfBeganNs = nowNs;
            begun = true;
        }
        currentNs = Math.min(currentNs, latencyNs);
    }

    /** There must have been one. */
    long ns() {
        return Math.min(currentNs, previousNs);
    }
}
