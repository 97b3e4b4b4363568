package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SustainableRateTest {
    private static final double MIB = 1 << 20;
    private static final long STEP = 1 << 20;

    private final SustainableRate rate = new SustainableRate(CompactionOptions.DEFAULTS);
    private long nowNs;

    /** Merges at so many MiB a second. */
    private void merge(int mib, int mibPerSecond, boolean withoutLimit) {
        for (int i = 0; i < mib; i++) {
            nowNs += TimeUnit.SECONDS.toNanos(1) / mibPerSecond;
            rate.merged(STEP, withoutLimit, nowNs);
        }
    }

    private void fill(int rounds, int mergedForEachWritten, int mibPerSecond, boolean withoutLimit) {
        for (int round = 0; round < rounds; round++) {
            rate.wrote(64 * STEP);
            merge(64 * mergedForEachWritten, mibPerSecond, withoutLimit);
        }
    }

    @Test
    void itBeginsWithAnAssumption() {
        assertEquals(CompactionOptions.DEFAULTS.debt().firstBytesPerSecond(), rate.bytesPerSecond());
    }

    @Test
    void itIsTheSpeedOfMergesByWhatTheyRewriteForEachByte() {
        fill(1_000, 5, 100, true);
        assertEquals(20 * MIB, rate.bytesPerSecond(), MIB / 2);
    }

    @Test
    void itFollowsAStoreThatGrowsAndADiskThatSlowsDown() {
        fill(1_000, 5, 100, true);
        fill(1_000, 10, 40, true);
        assertEquals(4 * MIB, rate.bytesPerSecond(), MIB / 2);
    }

    /** Their speed is what the pace gave them. */
    @Test
    void mergesThatRestSayNothingAboutTheirSpeed() {
        fill(1_000, 5, 100, true);
        fill(1_000, 5, 1, false);
        assertEquals(20 * MIB, rate.bytesPerSecond(), MIB);
    }

    @Test
    void timeWithoutMergesSaysNothingAboutTheirSpeed() {
        fill(1_000, 5, 100, true);
        for (int i = 0; i < 100; i++) {
            rate.rested();
            nowNs += TimeUnit.HOURS.toNanos(1);
            fill(1, 5, 100, true);
        }
        assertEquals(20 * MIB, rate.bytesPerSecond(), MIB);
    }
}
