package io.quorate.node.lsm.compaction;

import java.util.concurrent.TimeUnit;

/**
 * How fast memtables are flushed. Recent flushes count most. The maintenance thread measures, any thread reads. The
 * caller gives the time.
 *
 * <p>A disk may slow down at once, and a slow flush is measured only when it ends. So a flush that takes longer than
 * expected already lowers the rate: by the square of how many times longer it takes. Then writers leave a seventh of
 * the memory that is free when the flush becomes late, however long it takes: with {@link Pressure#shareOfRate}, what
 * is free falls by the factor of e to the power of -2. Small writes go on in small groups, and do not stop. Once a
 * flush takes 20 times as long as expected, all writers together get less than a 64th of a memtable. So a batch of a
 * MiB may wait until the flush ends.
 *
 * <p>The last memtable has to be at least half full for that. One that is empty keeps a ninth. If less than a 30th of
 * it is free, the least share may fill it, and writers stop.
 */
public final class FlushRate {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long memtableBytes;

    // The maintenance thread writes it, any thread reads it.
    private volatile Measured measured;

    /**
     * @param flushBytes how long the memtable is that is flushed now. 0 if none is
     * @param sinceNs when its flush began
     */
    private record Measured(double bytesPerSecond, long flushBytes, long sinceNs) {
        static Measured atRest(double bytesPerSecond) {
            return new Measured(bytesPerSecond, 0, 0);
        }
    }

    /**
     * @param memtableBytes how long a full memtable is
     * @param firstBytesPerSecond what is assumed before anything is measured
     */
    public FlushRate(long memtableBytes, double firstBytesPerSecond) {
        this.memtableBytes = memtableBytes;
        this.measured = Measured.atRest(firstBytesPerSecond);
    }

    /**
     * A large batch may have made the memtable more than full. Its flush takes longer, and is not late. A small one may
     * take as long as a full one, since its flush is mostly forces.
     */
    public void began(long bytes, long nowNs) {
        measured = new Measured(measured.bytesPerSecond, Math.max(bytes, memtableBytes), nowNs);
    }

    /** A full memtable counts half. A small one counts less, since its flush is mostly forces. */
    public void ended(long bytes, long nowNs) {
        double before = measured.bytesPerSecond;
        double latest = bytes * NS_PER_SECOND / Math.max(1, nowNs - measured.sinceNs);
        double weight = Math.min(1, (double) bytes / memtableBytes) / 2;
        measured = Measured.atRest(before + (latest - before) * weight);
    }

    /** The flush met a shortage. Its time says nothing about the speed of the disk. */
    public void gaveUp() {
        measured = Measured.atRest(measured.bytesPerSecond);
    }

    public double bytesPerSecond(long nowNs) {
        Measured now = measured;
        if (now.flushBytes == 0) {
            return now.bytesPerSecond;
        }
        double expectedNs = now.flushBytes / now.bytesPerSecond * NS_PER_SECOND;
        double onTime = Math.min(1, expectedNs / Math.max(1, nowNs - now.sinceNs));
        return now.bytesPerSecond * onTime * onTime;
    }
}
