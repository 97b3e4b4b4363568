package io.quorate.node.lsm.compaction;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes writers may write a second so that merges keep up: the speed of merges without a limit, divided by how
 * many bytes they rewrite for each byte that is written. Both are measured, since both change with the disk and with
 * the size of the store. Recent work counts most. Safe for use by several threads.
 */
public final class SustainableRate {
    /** What is assumed before anything is measured: so many bytes are rewritten for each, ... */
    private static final double REWRITTEN_FOR_EACH = 10;

    /** ... as if so much had been written, ... */
    private static final double ASSUMED_BYTES = 1L << 30;

    /** ... and merges had run for so long. */
    private static final double ASSUMED_NS = TimeUnit.SECONDS.toNanos(5);

    /** After each so many bytes, older ones count half. Level 0 goes down a few times meanwhile. */
    private static final double WRITTEN_BYTES_WINDOW = 8L << 30;

    /** After each so long, older speed counts half. */
    private static final double SPEED_NS_WINDOW = TimeUnit.SECONDS.toNanos(120);

    private final HalvingRatio mergedForEachWritten;
    private final HalvingRatio mergedForEachNs;

    // Under the lock.
    private boolean running;
    private long since;

    private volatile double bytesPerSecond;

    /** @param options have the rate that is assumed before anything is measured */
    public SustainableRate(CompactionOptions options) {
        double assumed = options.debt().firstBytesPerSecond();
        this.mergedForEachWritten =
                new HalvingRatio(ASSUMED_BYTES * REWRITTEN_FOR_EACH, ASSUMED_BYTES, WRITTEN_BYTES_WINDOW);
        this.mergedForEachNs = new HalvingRatio(
                assumed * REWRITTEN_FOR_EACH / TimeUnit.SECONDS.toNanos(1) * ASSUMED_NS, ASSUMED_NS, SPEED_NS_WINDOW);
        this.bytesPerSecond = assumed;
    }

    public double bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Writers have written so many bytes to the log. */
    public synchronized void wrote(long bytes) {
        mergedForEachWritten.add(0, bytes);
        update();
    }

    /**
     * A step of a merge has ended.
     *
     * @param bytes how much it worked through
     * @param withoutLimit whether no pace held it up
     */
    public synchronized void merged(long bytes, boolean withoutLimit, long nowNs) {
        mergedForEachWritten.add(bytes, 0);
        if (running && withoutLimit) {
            mergedForEachNs.add(bytes, nowNs - since);
        }
        running = withoutLimit;
        since = nowNs;
        update();
    }

    /** No merge runs now. The time until the next one says nothing about their speed. */
    public synchronized void rested() {
        running = false;
    }

    private void update() {
        bytesPerSecond = mergedForEachNs.value() / mergedForEachWritten.value() * TimeUnit.SECONDS.toNanos(1);
    }

    /** A ratio of two sums of which older parts count half, again and again. */
    private static final class HalvingRatio {
        private final double window;
        private double above;
        private double below;

        HalvingRatio(double above, double below, double window) {
            this.above = above;
            this.below = below;
            this.window = window;
        }

        void add(double moreAbove, double moreBelow) {
            above += moreAbove;
            below += moreBelow;
            if (below > window) {
                above /= 2;
                below /= 2;
            }
        }

        double value() {
            return above / below;
        }
    }
}
