package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long merges and writers wait. Merges have 1,000 bytes a second at least, writers 1,000 at last. */
class PaceTest {
    private static final CompactionOptions OPTIONS = new CompactionOptions(
            100,
            new TierLimits(4, 8, 10, 20),
            new LevelSizes(200, 10),
            new MergeWork(2, 2, 100, 1_000),
            new DebtLimits(10_000, 20_000, 1_000),
            1_000);

    @ParameterizedTest
    @CsvSource({
        // debt, tables of level 0, urgency of merges, pressure on writers
        "0,       0,  0,    0",
        "5000,    0,  0.5,  0",
        "0,       5,  0.5,  0",
        "10000,  10,  1,    0",
        "15000,   0,  1,    0.5",
        "0,      19,  1,    0.9",
        "15000,  20,  1,    1",
        "50000,  50,  1,    1",
    })
    void mergesHurryBeforeWritersAreDelayed(long debt, int tables, double urgency, double onWriters) {
        Pressure pressure = new Pressure(debt, tables, 0);
        assertEquals(urgency, pressure.urgency(OPTIONS));
        assertEquals(onWriters, pressure.onWriters(OPTIONS));
    }

    @ParameterizedTest
    @CsvSource({
        // urgency, bytes merged in ten seconds
        "0,    10000",
        "0.5,  20000",
        "0.9, 100000",
    })
    void aMergeHasItsBudgetAndMoreTheMoreIsDue(double urgency, long expected) {
        CompactionPace pace = new CompactionPace(OPTIONS);
        long nowMs = 77;
        long merged = 0;
        while (nowMs < 77 + 10_000) {
            merged += 50;
            nowMs += pace.waitMs(50, urgency, nowMs * 1_000_000);
        }
        assertEquals(expected, merged, expected / 20.0);
    }

    @Test
    void aMergeWithoutLimitNeverWaits() {
        CompactionPace pace = new CompactionPace(OPTIONS);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, pace.waitMs(1 << 20, 1, 5));
        }
    }

    @Test
    void aTimeWithoutMergesIsNotSavedUp() {
        CompactionPace pace = new CompactionPace(OPTIONS);
        pace.waitMs(50, 0, 0);
        assertEquals(50, pace.waitMs(50, 0, 3_600_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource({
        // debt, stored, pressure on writers
        "10000,  40000, 0",
        "15000,  40000, 0.16",
        "15000,  60000, 0",
        "37500,  60000, 0.5",
        "60000,  60000, 1",
    })
    void ofALargeStoreMoreMayBeDebt(long debt, long stored, double onWriters) {
        assertEquals(onWriters, new Pressure(debt, 0, stored).onWriters(OPTIONS), 0.01);
    }

    @Test
    void aRunningMergeCountsForWhatItHasNotDone() {
        CompactionPlan plan = new CompactionPlan(
                CompactionPlan.MergeReason.TIER_IS_DUE,
                List.of(table(0, 4_000), table(0, 4_000), table(6, 8_000)),
                6,
                false);
        assertEquals(new Pressure(20_000 - 4_000, 10 - 0.5, 1), new Pressure(20_000, 10, 1).without(plan, 0.25));
        assertEquals(new Pressure(0, 0, 1), new Pressure(8_000, 1, 1).without(plan, 1));
    }

    private static TableDescription table(int level, long bytes) {
        return new TableDescription(
                new TableFile(1, bytes),
                level,
                new KeySpan(Key.of("a"), Key.of("b")),
                new EntryCounts(1, 0, 0),
                ExpirySpan.NONE,
                0);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 50", "0.25, 2", "0.5, 1", "0.75, 0.5", "0.9, 0.2", "0.96, 0.1", "1, 0.1"})
    void writersAreSlowerTheHigherThePressure(double pressure, double share) {
        assertEquals(share, Pressure.shareOfRate(pressure, 0.1), 1e-9);
    }

    @Test
    void withoutPressureNoRateHoldsWritersUp() {
        assertEquals(Double.POSITIVE_INFINITY, Pressure.shareOfRate(0, 0.1));
    }

    @ParameterizedTest
    @CsvSource({"1000", "20000", "100000"})
    void delaysHoldWritersToTheirRate(double bytesPerSecond) {
        WriteDelay delay = new WriteDelay();
        long nowMs = 0;
        long written = 0;
        while (nowMs < 10_000) {
            written += 20;
            nowMs += delay.afterMs(20, bytesPerSecond);
        }
        assertEquals(10 * bytesPerSecond, written, bytesPerSecond / 2);
    }

    @Test
    void noRateMeansNoDelayAndForgetsWhatWasOwed() {
        WriteDelay delay = new WriteDelay();
        assertEquals(500, delay.afterMs(1_000, 1_000));
        assertEquals(0, delay.afterMs(1_000, Double.POSITIVE_INFINITY));
        assertTrue(delay.afterMs(1, 1_000) < 2);
    }

    @Test
    void shortBatchesPassALongOneUntilTheLastOneIsPaidFor() {
        WriteDelay delay = new WriteDelay();
        assertTrue(delay.admits(100_000, 10_000));
        long delayedMs = delay.afterMs(100_000, 10_000);
        while (!delay.admits(100_000, 10_000)) {
            assertTrue(delay.admits(400, 10_000));
            long delayMs = delay.afterMs(0, 10_000);
            assertTrue(delayMs >= 1 && delayMs <= 500);
            delayedMs += delayMs;
        }
        assertEquals(10_000, delayedMs, 1);
    }

    @Test
    void aDebtIsPaidSoonerAtAHigherRateAndForgottenWithout() {
        WriteDelay delay = new WriteDelay();
        delay.afterMs(100_000, 1_000);
        assertEquals(99, delay.afterMs(0, 1_000_000), 1);
        assertTrue(delay.admits(100_000, 1_000_000));
        delay.afterMs(100_000, 1_000);
        assertTrue(delay.admits(100_000, Double.POSITIVE_INFINITY));
        assertEquals(0, delay.afterMs(0, Double.POSITIVE_INFINITY));
        assertTrue(delay.admits(100_000, 1_000));
    }

    @Test
    void aRateThatIsNoNumberHoldsNoWriterUp() {
        WriteDelay delay = new WriteDelay();
        assertEquals(0, delay.afterMs(1_000, Double.NaN));
        assertEquals(500, delay.afterMs(1_000, 1_000));
    }
}
