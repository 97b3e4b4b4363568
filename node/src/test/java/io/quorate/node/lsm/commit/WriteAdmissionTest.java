package io.quorate.node.lsm.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.DiskSpace;
import io.quorate.node.lsm.commit.WriteAdmission.BatchSize;
import io.quorate.node.lsm.commit.WriteAdmission.Lifecycle;
import io.quorate.node.lsm.commit.WriteAdmission.StoreCondition;
import io.quorate.node.lsm.commit.WriteAdmission.WriterState;
import io.quorate.node.lsm.compaction.FlushRate;
import io.quorate.node.lsm.compaction.WriteDelay;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of {@link WriteAdmission}, row by row. */
class WriteAdmissionTest {
    private static final int FROZEN_MAX = 2;
    private static final long GROUP_BYTES = 1 << 20;
    private static final WriteLimits LIMITS = new WriteLimits(1_000, 500, 100);
    private static final Given IDLE = new Given(false, 0, 0, 0);
    private static final Given FULL = new Given(true, 1, FROZEN_MAX, 0);
    private static final Given BEHIND = new Given(false, 0, 0, 0.5);

    private final WriteAdmission admission = new WriteAdmission(FROZEN_MAX, new WriteDelay());

    /** Merges keep up with 8 MiB a second, flushes with 16. */
    private record Given(
            Lifecycle lifecycle,
            boolean areMergesHeldUp,
            boolean isMemtableFull,
            double memtableFill,
            int frozenMemtables,
            double mergePressure)
            implements WriteAdmission.Load {
        Given(boolean isMemtableFull, double memtableFill, int frozenMemtables, double mergePressure) {
            this(Lifecycle.OPEN, false, isMemtableFull, memtableFill, frozenMemtables, mergePressure);
        }

        @Override
        public double mergeBytesPerSecond() {
            return 8 * GROUP_BYTES;
        }

        @Override
        public double flushBytesPerSecond() {
            return 16 * GROUP_BYTES;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // lifecycle, lacks descriptor, space, a new value, a new delete, a value that waits, a delete that waits
        "FAILED,  true,  READ_ONLY,    STOPPED, STOPPED, STOPPED, STOPPED",
        "CLOSED,  true,  READ_ONLY,    CLOSING, CLOSING, CLOSING, CLOSING",
        "CLOSING, true,  READ_ONLY,    CLOSING, CLOSING, OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS",
        "CLOSING, false, READ_ONLY,    CLOSING, CLOSING, DISK_FULL, DISK_FULL",
        "CLOSING, false, DELETES_ONLY, CLOSING, CLOSING, DISK_FULL, -",
        "CLOSING, false, ALL_WRITES,   CLOSING, CLOSING, -, -",
        "OPEN,    true,  READ_ONLY,    OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS",
        "OPEN,    true,  ALL_WRITES,   OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS, OUT_OF_DESCRIPTORS",
        "OPEN,    false, READ_ONLY,    DISK_FULL, DISK_FULL, DISK_FULL, DISK_FULL",
        "OPEN,    false, DELETES_ONLY, DISK_FULL, -, DISK_FULL, -",
        "OPEN,    false, ALL_WRITES,   -, -, -, -",
    })
    void theFirstReasonRefusesAWrite(
            Lifecycle lifecycle,
            boolean lacksDescriptor,
            DiskSpace space,
            String newValue,
            String newDelete,
            String queuedValue,
            String queuedDelete) {
        StoreCondition condition = new StoreCondition(lifecycle, lacksDescriptor, space);
        assertEquals(newValue, shown(WriteAdmission.refusalOfNew(condition, DiskSpace.ALL_WRITES)));
        assertEquals(newDelete, shown(WriteAdmission.refusalOfNew(condition, DiskSpace.DELETES_ONLY)));
        assertEquals(queuedValue, shown(WriteAdmission.refusalOfQueued(condition, DiskSpace.ALL_WRITES)));
        assertEquals(queuedDelete, shown(WriteAdmission.refusalOfQueued(condition, DiskSpace.DELETES_ONLY)));
        assertEquals(!queuedValue.equals("-"), condition.refusesSome());
    }

    private static String shown(Optional<?> refusal) {
        return refusal.map(Object::toString).orElse("-");
    }

    @ParameterizedTest
    @CsvSource({
        // lifecycle, lacks descriptor, space, bytes of the batch, bytes of its longest value, refusal
        "OPEN,    false, ALL_WRITES, 1200, 100, -",
        "OPEN,    false, ALL_WRITES, 1201, 100, TOO_LARGE",
        "OPEN,    false, ALL_WRITES, 1200, 101, TOO_LARGE",
        "OPEN,    true,  READ_ONLY,  1201, 100, TOO_LARGE",
        "OPEN,    true,  READ_ONLY,  1200, 101, TOO_LARGE",
        "OPEN,    true,  READ_ONLY,  1200, 100, OUT_OF_DESCRIPTORS",
        "OPEN,    false, READ_ONLY,  1200, 100, DISK_FULL",
        "CLOSING, false, ALL_WRITES, 1201, 101, CLOSING",
        "FAILED,  false, ALL_WRITES, 1201, 101, STOPPED",
    })
    void aBatchThatNeverFitsIsRefusedForItsLengthWhileTheStoreIsOpen(
            Lifecycle lifecycle,
            boolean lacksDescriptor,
            DiskSpace space,
            long bytes,
            int longestValueBytes,
            String refusal) {
        StoreCondition condition = new StoreCondition(lifecycle, lacksDescriptor, space);
        BatchSize size = new BatchSize(DiskSpace.ALL_WRITES, bytes, longestValueBytes);
        assertEquals(refusal, shown(WriteAdmission.refusalOfNew(condition, size, LIMITS)));
    }

    @ParameterizedTest
    @CsvSource({
        // bytes of the batch, bytes that wait, whether the queue takes it
        "   1,    0, true",
        "   1,  999, true",
        "   1, 1000, false",
        " 500,  500, true",
        " 500,  501, false",
        "1200,    0, true",
        "1200,  500, true",
        "1200,  501, false",
    })
    void theQueueTakesALongBatchIfItIsHalfFull(long bytes, long queuedBytes, boolean takes) {
        assertEquals(takes, WriteAdmission.hasQueueRoom(bytes, queuedBytes, LIMITS));
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, false"})
    void onlyAFullMemtableNeedsAFileDescriptor(boolean outOfDescriptors, boolean full, boolean lacks) {
        assertEquals(lacks, WriteAdmission.lacksDescriptor(outOfDescriptors, full ? FULL : IDLE));
    }

    @ParameterizedTest
    @CsvSource({
        // lifecycle, memtable full, frozen, pressure of merges, whether it may write, state
        "OPEN,    false, 0, 0,   true,  GOING_ON",
        "OPEN,    true,  1, 0,   true,  GOING_ON",
        "OPEN,    false, 2, 0,   true,  GOING_ON",
        "OPEN,    true,  2, 0,   false, STALLED",
        "OPEN,    false, 0, 0.9, true,  GOING_ON",
        "OPEN,    false, 0, 1,   true,  GOING_ON",
        "CLOSING, false, 0, 1,   true,  GOING_ON",
        "CLOSING, true,  2, 0,   false, STALLED",
        "CLOSED,  false, 0, 0,   false, GOING_ON",
        "FAILED,  false, 0, 0,   false, GOING_ON",
    })
    void beforeAGroupWritersStallOnlyWithoutAMemtable(
            Lifecycle lifecycle, boolean full, int frozen, double pressure, boolean may, WriterState expected) {
        Given load = new Given(lifecycle, false, full, full ? 1 : 0, frozen, pressure);
        assertEquals(may, admission.mayGoOn(load, true));
        assertEquals(expected, admission.state());
    }

    @ParameterizedTest
    @CsvSource({
        // state, lifecycle, whether it goes on
        "GOING_ON, CLOSING, true",
        "DELAYED,  CLOSING, true",
        "STALLED,  CLOSING, true",
        "STALLED,  CLOSED,  false",
        "DELAYED,  FAILED,  false",
    })
    void whatNeedsNoMemtableWaitsForNothing(WriterState state, Lifecycle lifecycle, boolean goesOn) {
        bringTo(state);
        Given full = new Given(lifecycle, false, true, 1, FROZEN_MAX, 1);
        assertEquals(goesOn, admission.mayGoOn(full, false));
        assertEquals(state, admission.state(), "a write behind it waits as before");
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
        assertEquals(delayMs, admission.afterGroup(GROUP_BYTES, load));
        assertEquals(expected, admission.state());
    }

    @ParameterizedTest
    @CsvSource({
        // lifecycle, merges held up, frozen, delay in ms of a group of 1 MiB
        "OPEN,    false, 0, 125",
        "OPEN,    true,  0,   0",
        "CLOSING, false, 0,   0",
        "OPEN,    true,  2,  62",
        "CLOSING, false, 2,  62",
    })
    void noWriteWaitsForMergesThatRestButItWaitsForFlushes(
            Lifecycle lifecycle, boolean heldUp, int frozen, long delayMs) {
        Given load = new Given(lifecycle, heldUp, false, 0.5, frozen, 0.5);
        assertEquals(delayMs, admission.afterGroup(GROUP_BYTES, load));
    }

    @Test
    void groupsAreSmallerTheSlowerWritersAre() {
        assertEquals(Long.MAX_VALUE, admission.groupBytes(IDLE));
        assertEquals(GROUP_BYTES * 4 / 10, admission.groupBytes(BEHIND), 1);
        assertEquals(GROUP_BYTES / 10, admission.groupBytes(new Given(false, 0, 0, 1)), 1);
        assertEquals(GROUP_BYTES * 16 / 1_000, admission.groupBytes(new Given(false, 1, FROZEN_MAX, 0)), 1);
    }

    @Test
    void aDelayEndsWithItsTimerAndNotWithAFlush() {
        assertTrue(admission.afterGroup(GROUP_BYTES, BEHIND) > 0);
        assertFalse(admission.mayGoOn(FULL, true));
        admission.lookAgain(IDLE);
        assertEquals(WriterState.DELAYED, admission.state());
        admission.delayIsOver();
        assertEquals(WriterState.GOING_ON, admission.state());
    }

    @Test
    void aStallEndsWithAFlushAndNotWithATimerOrAMerge() {
        assertFalse(admission.mayGoOn(FULL, true));
        admission.delayIsOver();
        assertEquals(WriterState.STALLED, admission.state());
        assertFalse(admission.mayGoOn(IDLE, true));
        admission.lookAgain(FULL);
        assertEquals(WriterState.STALLED, admission.state());
        admission.lookAgain(IDLE);
        assertTrue(admission.mayGoOn(IDLE, true));
    }

    @ParameterizedTest
    @CsvSource({
        // state, lifecycle, lacks descriptor, space, whether to look
        "GOING_ON, OPEN,   false, ALL_WRITES,   true",
        "DELAYED,  OPEN,   false, ALL_WRITES,   false",
        "STALLED,  OPEN,   false, ALL_WRITES,   false",
        "GOING_ON, OPEN,   false, DELETES_ONLY, true",
        "DELAYED,  OPEN,   false, DELETES_ONLY, true",
        "STALLED,  OPEN,   false, READ_ONLY,    true",
        "STALLED,  OPEN,   true,  ALL_WRITES,   true",
        "DELAYED,  CLOSED, false, ALL_WRITES,   true",
        "STALLED,  FAILED, false, ALL_WRITES,   true",
    })
    void newWritesAreLookedAtUnlessTheyHaveToWaitAndNoneIsRefused(
            WriterState state, Lifecycle lifecycle, boolean lacksDescriptor, DiskSpace space, boolean looks) {
        bringTo(state);
        assertEquals(looks, admission.looksAtNewWrites(new StoreCondition(lifecycle, lacksDescriptor, space)));
    }

    private void bringTo(WriterState state) {
        switch (state) {
            case GOING_ON -> admission.mayGoOn(IDLE, true);
            case DELAYED -> admission.afterGroup(GROUP_BYTES, BEHIND);
            case STALLED -> admission.mayGoOn(FULL, true);
        }
        assertEquals(state, admission.state());
    }

    @ParameterizedTest
    @CsvSource({
        // failed, closed, closing, lifecycle
        "false, false, false, OPEN",
        "false, false, true,  CLOSING",
        "false, true,  true,  CLOSED",
        "true,  false, false, FAILED",
        "true,  true,  true,  FAILED",
    })
    void aFailureCountsMoreThanTheEnd(boolean failed, boolean closed, boolean closing, Lifecycle expected) {
        assertEquals(expected, Lifecycle.of(failed, closed, closing));
    }

    /** The flush of a memtable of 1,000 bytes is expected to take ten seconds, and takes hours. */
    @ParameterizedTest
    @CsvSource({
        // how full the last memtable is when the flush becomes late, which part of its free bytes stays free
        "0.01, 0.11",
        "0.5,  0.13",
        "0.75, 0.13",
        "0.9,  0.13",
        "0.95, 0.12",
        "0.97, 0.03",
        "0.98, 0",
    })
    void writersLeaveASeventhOfTheMemoryHoweverLateAFlushIs(double fill, double left) {
        FlushRate rate = new FlushRate(1_000, 100);
        rate.began(1_000, 0);
        double filled = fill;
        double stepSeconds = 0.01;
        for (double seconds = 10; seconds < 10_000; seconds += stepSeconds) {
            LateFlush load = new LateFlush(rate, (long) (seconds * 1_000_000_000), Math.min(1, filled));
            filled += admission.bytesPerSecond(load) / 1_000 * stepSeconds;
        }
        assertEquals(left, Math.max(0, 1 - filled) / (1 - fill), 0.01);
    }

    private record LateFlush(FlushRate rate, long nowNs, double memtableFill) implements WriteAdmission.Load {
        @Override
        public Lifecycle lifecycle() {
            return Lifecycle.OPEN;
        }

        @Override
        public boolean isMemtableFull() {
            return memtableFill >= 1;
        }

        @Override
        public int frozenMemtables() {
            return FROZEN_MAX;
        }

        @Override
        public boolean areMergesHeldUp() {
            return false;
        }

        @Override
        public double mergePressure() {
            return 0;
        }

        @Override
        public double mergeBytesPerSecond() {
            return 0;
        }

        @Override
        public double flushBytesPerSecond() {
            return rate.bytesPerSecond(nowNs);
        }
    }
}
