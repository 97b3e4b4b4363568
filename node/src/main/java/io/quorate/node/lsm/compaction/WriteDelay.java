package io.quorate.node.lsm.compaction;

import java.util.concurrent.TimeUnit;

/**
 * Holds writers to a rate by delays between their groups. Groups become small, so that writers are slow and never
 * stopped. Only a batch that is longer than a group may be has a longer delay. For one thread.
 */
public final class WriteDelay {
    /** A group takes at most what the rate lets through in this time. */
    private static final double GROUP_SECONDS = 0.05;

    private static final long GROUP_BYTES_MIN = 1 << 12;
    private static final long DELAY_NS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

    private double owedNs;

    /** About how many bytes one group should have. */
    public static long groupBytes(double bytesPerSecond) {
        return Math.max(GROUP_BYTES_MIN, (long) (bytesPerSecond * GROUP_SECONDS));
    }

    /**
     * How long to wait after a group of writes. Delays of less than a millisecond add up.
     *
     * @param bytesPerSecond infinite if writers need not be held up
     * @return milliseconds, 500 at most
     */
    public long afterMs(long bytes, double bytesPerSecond) {
        owedNs = Double.isInfinite(bytesPerSecond) ? 0 : owedNs + bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
        owedNs = Math.min(owedNs, DELAY_NS_MAX);
        long delayMs = TimeUnit.NANOSECONDS.toMillis((long) owedNs);
        owedNs -= TimeUnit.MILLISECONDS.toNanos(delayMs);
        return delayMs;
    }
}
