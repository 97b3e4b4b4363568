package io.quorate.node.lsm.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.commit.Backpressure.WriterState;
import io.quorate.node.lsm.compaction.WriteDelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state table of {@link Backpressure}, row by row. */
class BackpressureTest {
    private static final int FROZEN_MAX = 2;
    private static final long GROUP_BYTES = 1 << 20;
    private static final Given IDLE = new Given(false, 0, 0, 0);
    private static final Given FULL = new Given(true, 1, FROZEN_MAX, 0);
    private static final Given BEHIND = new Given(false, 0, 0, 0.5);

    private final ManualClock clock = new ManualClock();
    private final Backpressure backpressure = new Backpressure(FROZEN_MAX, new WriteDelay(), clock);

    /** Merges keep up with 8 MiB a second, flushes with 16. */
    private record Given(boolean isMemtableFull, double memtableFill, int frozenMemtables, double mergePressure)
            implements Backpressure.Load {
        @Override
        public double mergeBytesPerSecond() {
            return 8 * GROUP_BYTES;
        }

        @Override
        public double flushBytesPerSecond() {
            return 16 * GROUP_BYTES;
        }
    }

    private static final class ManualClock implements Clock {
        private long nowNs;

        @Override
        public long wallMs() {
            return nowNs / 1_000_000;
        }

        @Override
        public long monotonicNs() {
            return nowNs;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // memtable full, frozen, pressure of merges, state
        "false, 0, 0,   GOING_ON",
        "true,  1, 0,   GOING_ON",
        "false, 2, 0,   GOING_ON",
        "true,  2, 0,   STALLED",
        "false, 0, 0.9, GOING_ON",
        "false, 0, 1,   GOING_ON",
    })
    void beforeAGroupWritersStallOnlyWithoutAMemtable(boolean full, int frozen, double pressure, WriterState expected) {
        Given load = new Given(full, full ? 1 : 0, frozen, pressure);
        assertEquals(expected, backpressure.beforeGroup(load));
        assertEquals(expected, backpressure.state());
    }

    @ParameterizedTest
    @CsvSource({
        // fill of the memtable, frozen, pressure of merges, state, delay in ms of a group of 1 MiB
        "0,   0, 0,    GOING_ON,   0",
        "0.9, 1, 0,    GOING_ON,   0",
        "0,   2, 0,    GOING_ON,   0",
        "0.5, 2, 0,    DELAYED,   62",
        "1.2, 2, 0,    DELAYED,  500",
        "0,   0, 0.25, DELAYED,   62",
        "0,   0, 0.5,  DELAYED,  125",
        "0,   0, 0.75, DELAYED,  250",
        "0,   0, 1,    DELAYED,  500",
        "0.5, 2, 0.25, DELAYED,   62",
        "0.5, 2, 0.5,  DELAYED,  125",
    })
    void afterAGroupWritersAreDelayedToTheLowerRate(
            double fill, int frozen, double pressure, WriterState expected, long delayMs) {
        Given load = new Given(false, fill, frozen, pressure);
        assertEquals(delayMs, backpressure.afterGroup(GROUP_BYTES, load));
        assertEquals(expected, backpressure.state());
    }

    @Test
    void groupsAreSmallerTheSlowerWritersAre() {
        assertEquals(Long.MAX_VALUE, backpressure.groupBytes(IDLE));
        assertEquals(GROUP_BYTES * 4 / 10, backpressure.groupBytes(BEHIND), 1);
        assertEquals(GROUP_BYTES * 8 / 1_000, backpressure.groupBytes(new Given(false, 0, 0, 1)), 1);
    }

    @Test
    void aDelayEndsWithItsTimerAndNotWithAFlush() {
        assertTrue(backpressure.afterGroup(GROUP_BYTES, BEHIND) > 0);
        assertEquals(WriterState.DELAYED, backpressure.beforeGroup(FULL));
        assertEquals(0, backpressure.stallIsOver());
        assertEquals(WriterState.DELAYED, backpressure.state());
        backpressure.delayIsOver();
        assertEquals(WriterState.GOING_ON, backpressure.state());
    }

    @Test
    void aStallEndsWithAFlushAndSaysHowLongItTook() {
        backpressure.beforeGroup(FULL);
        clock.nowNs += 5;
        assertEquals(WriterState.STALLED, backpressure.beforeGroup(FULL));
        backpressure.delayIsOver();
        assertEquals(WriterState.STALLED, backpressure.state());
        clock.nowNs += 7;
        assertEquals(12, backpressure.stallIsOver());
        assertEquals(0, backpressure.stallIsOver());
        assertEquals(WriterState.GOING_ON, backpressure.beforeGroup(IDLE));
    }

    @ParameterizedTest
    @CsvSource({
        "GOING_ON, ALL_WRITES,   true",
        "DELAYED,  ALL_WRITES,   false",
        "STALLED,  ALL_WRITES,   false",
        "GOING_ON, DELETES_ONLY, true",
        "DELAYED,  DELETES_ONLY, true",
        "STALLED,  READ_ONLY,    true",
    })
    void newWritesAreLookedAtUnlessTheyHaveToWaitAndTheDiskHasSpace(WriterState state, DiskSpace space, boolean looks) {
        bringTo(state);
        assertEquals(looks, backpressure.looksAtNewWrites(space));
    }

    private void bringTo(WriterState state) {
        switch (state) {
            case GOING_ON -> backpressure.beforeGroup(IDLE);
            case DELAYED -> backpressure.afterGroup(GROUP_BYTES, BEHIND);
            case STALLED -> backpressure.beforeGroup(FULL);
        }
        assertEquals(state, backpressure.state());
    }
}
