package io.quorate.node.lsm.compaction;

import java.util.concurrent.TimeUnit;

/**
 * How fast merges may read. While little is due they read slowly, and leave the disk to reads and to the log. They read
 * faster the more is due, and without a limit once writers are delayed. The caller gives the time. This is a leaky
 * bucket as a meter: each step moves the moment at which the next one may begin. Safe for use by several threads.
 */
public final class CompactionPace {
    private static final long WAIT_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    private final long bytesPerSecondMin;
    private boolean begun;
    private long paidUntilNs;

    public CompactionPace(CompactionOptions options) {
        this.bytesPerSecondMin = options.merges().bytesPerSecondMin();
    }

    /**
     * When the next step may begin, after one of {@code bytes}.
     *
     * @param urgency from 0, nothing is due, to 1, writers are delayed
     * @return milliseconds to wait, 0 to go on, 100 at most
     */
    public synchronized long waitMs(long bytes, double urgency, long nowNs) {
        if (!begun || paidUntilNs - nowNs < 0) {
            begun = true;
            paidUntilNs = nowNs;
        }
        if (urgency >= 1) {
            return 0;
        }
        double bytesPerSecond = bytesPerSecondMin / (1 - urgency);
        paidUntilNs += (long) (bytes / bytesPerSecond * 1e9);
        paidUntilNs = Math.min(paidUntilNs - nowNs, WAIT_NS_MAX) + nowNs;
        return TimeUnit.NANOSECONDS.toMillis(paidUntilNs - nowNs);
    }
}
