package io.quorate.node.lsm.compaction;

import java.util.concurrent.TimeUnit;

/**
 * Holds writers to a rate by delays between their groups. Groups become small, so that writers are slow and never
 * stopped. For one thread.
 *
 * <p>A batch may be longer than a group. Then one delay cannot pay for it, and the rest is a debt. Short batches go on
 * between the delays. The next long batch waits until the debt is paid. Without that, batches of 32 MiB would get 64
 * MiB a second on any disk.
 */
public final class WriteDelay {
    /** A group takes at most what the rate lets through in this time. */
    private static final double GROUP_SECONDS = 0.05;

    private static final long GROUP_BYTES_MIN = 1 << 12;
    private static final long DELAY_MS_MAX = 500;

    /** Bytes, not time: when the rate rises, the debt is paid sooner. */
    private double owedBytes;

    /** About how many bytes one group should have. */
    public static long groupBytes(double bytesPerSecond) {
        return Math.max(GROUP_BYTES_MIN, (long) (bytesPerSecond * GROUP_SECONDS));
    }

    /** Whether a batch of so many bytes may be in the next group. */
    public boolean admits(long batchBytes, double bytesPerSecond) {
        return batchBytes <= groupBytes(bytesPerSecond) || owedMs(bytesPerSecond) == 0;
    }

    /**
     * How long to wait after a group of writes. Delays of less than a millisecond add up.
     *
     * @param bytes 0 if every batch that waits has to wait longer
     * @param bytesPerSecond infinite if writers need not be held up
     * @return milliseconds, 500 at most
     */
    public long afterMs(long bytes, double bytesPerSecond) {
        if (!Double.isFinite(bytesPerSecond)) {
            owedBytes = 0;
            return 0;
        }
        owedBytes += bytes;
        long delayMs = Math.min(DELAY_MS_MAX, owedMs(bytesPerSecond));
        owedBytes -= delayMs * bytesPerSecond / TimeUnit.SECONDS.toMillis(1);
        return delayMs;
    }

    private long owedMs(double bytesPerSecond) {
        return (long) (owedBytes / bytesPerSecond * TimeUnit.SECONDS.toMillis(1));
    }
}
