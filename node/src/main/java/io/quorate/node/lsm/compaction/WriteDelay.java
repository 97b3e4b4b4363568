package io.quorate.node.lsm.compaction;

/**
 * How long writers are held up, by the bytes that they write: whoever writes little hardly notices. The delay rises with
 * the pressure from nothing to what leaves {@code delayedBytesPerSecond}, so that it settles where merges and flushes keep
 * up. For one thread.
 */
public final class WriteDelay {
    private static final long DELAY_MS_MAX = 100;

    private final double nsPerByteMax;
    private double owedNs;

    public WriteDelay(CompactionOptions options) {
        this.nsPerByteMax = 1e9 / options.delayedBytesPerSecond();
    }

    /**
     * What to wait after a group of writes. Delays of less than a millisecond add up.
     *
     * @param pressure from 0 to 1
     */
    public long afterMs(long bytes, double pressure) {
        owedNs = pressure <= 0 ? 0 : owedNs + bytes * nsPerByteMax * pressure;
        long delayMs = Math.min(DELAY_MS_MAX, (long) (owedNs / 1e6));
        owedNs -= delayMs * 1e6;
        return delayMs;
    }
}
