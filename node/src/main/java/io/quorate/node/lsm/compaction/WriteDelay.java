package io.quorate.node.lsm.compaction;

/**
 * How long writers are delayed, by the bytes that they write. Small writers hardly notice. The delay rises with the
 * pressure. At pressure 1 writers get {@link CompactionOptions.DebtLimits#delayedBytesPerSecond}. So the rate settles
 * where merges and flushes keep up. For one thread.
 */
public final class WriteDelay {
    private static final long DELAY_MS_MAX = 100;

    private final double nsPerByteMax;
    private double owedNs;

    public WriteDelay(CompactionOptions options) {
        this.nsPerByteMax = 1e9 / options.debt().delayedBytesPerSecond();
    }

    /**
     * How long to wait after a group of writes. Delays of less than a millisecond add up.
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
