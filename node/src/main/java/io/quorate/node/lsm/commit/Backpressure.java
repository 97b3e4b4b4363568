package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.compaction.WriteDelay;

/**
 * Decides whether the log thread may write the next group of writes. It has no thread and does no I/O. The log thread
 * owns it.
 *
 * <pre>
 *           behind, after a group                 at a limit, before a group
 *         +----------------------- GOING_ON --------------------------+
 *         v                         ^    ^                            v
 *      DELAYED -- delay is over ----+    +-- flush or merge is over -- STALLED
 *
 * state    | new writes arrive | before a group      | after a group      | delay over | flush or merge over
 * ---------+-------------------+---------------------+--------------------+------------+--------------------
 * GOING_ON | look              | at a limit: STALLED | behind: DELAYED    | -          | look
 * DELAYED  | look if disk full | no group            | -                  | GOING_ON   | look
 * STALLED  | look if disk full | no group            | -                  | -          | GOING_ON, look
 * </pre>
 *
 * <ul>
 *   <li><em>Look</em>: refuse the writes that the disk has no space for, then ask before each group. Held up or not,
 *       writes are refused at once while the disk is full.
 *   <li><em>At a limit</em>: the memtable is full, and as many as allowed wait for their flush. Or the next task is a
 *       batch, the pressure of merges is 1, and a merge runs, whose end will lower it. An end of the store passes this
 *       second limit.
 *   <li><em>Behind</em>: merges have pressure above 0, or the last memtable that may be frozen fills up. The delay
 *       grows with the pressure, see {@link WriteDelay}.
 *   <li>A flush or a merge is over when it has ended, failed, or met a shortage.
 * </ul>
 */
final class Backpressure {
    private static final double STOP = 1;

    private final int frozenMax;
    private final WriteDelay delay;
    private final Clock clock;

    private WriterState state = WriterState.GOING_ON;
    private long stalledSinceNs;

    /** @param frozenMax how many memtables may wait for their flush */
    Backpressure(int frozenMax, WriteDelay delay, Clock clock) {
        this.frozenMax = frozenMax;
        this.delay = delay;
        this.clock = clock;
    }

    enum WriterState {
        GOING_ON,
        /** Until a timer ends: flushes and merges are to catch up. */
        DELAYED,
        /** Until a flush or a merge ends. */
        STALLED
    }

    /** The load of the store, as it is at the moment of each call. */
    interface Load {
        /** Whether the next write needs another memtable. */
        boolean isMemtableFull();

        /** How full the memtable is, from 0 to 1 and a bit more. */
        double memtableFill();

        /** How many memtables wait for their flush. */
        int frozenMemtables();

        /** From 0, merges keep up, to 1, writers are to stop. */
        double mergePressure();

        boolean isMerging();
    }

    WriterState state() {
        return state;
    }

    /** Whether to look at what waits, now that more has come. */
    boolean looksAtNewWrites(DiskSpace space) {
        return state == WriterState.GOING_ON || space != DiskSpace.ALL_WRITES;
    }

    /**
     * Asks for the next group. Does not change {@link WriterState#DELAYED} or {@link WriterState#STALLED}.
     *
     * @param isBatch whether the next task is a batch of writes, not the end of the store
     */
    WriterState beforeGroup(Load load, boolean isBatch) {
        if (state == WriterState.GOING_ON && (isOutOfMemtables(load) || isBatch && mustWaitForMerge(load))) {
            state = WriterState.STALLED;
            stalledSinceNs = clock.monotonicNs();
        }
        return state;
    }

    private boolean isOutOfMemtables(Load load) {
        return load.isMemtableFull() && load.frozenMemtables() >= frozenMax;
    }

    private static boolean mustWaitForMerge(Load load) {
        return load.mergePressure() >= STOP && load.isMerging();
    }

    /** Notes a group of so many bytes. Returns for how many milliseconds the next one is delayed, or 0. */
    long afterGroup(long bytes, Load load) {
        long delayMs = delay.afterMs(bytes, Math.max(pressureOfMemory(load), load.mergePressure()));
        if (delayMs > 0) {
            state = WriterState.DELAYED;
        }
        return delayMs;
    }

    /** Once all other memtables wait for their flush, this is how full the last one is. */
    private double pressureOfMemory(Load load) {
        return load.frozenMemtables() >= frozenMax ? Math.min(STOP, load.memtableFill()) : 0;
    }

    void delayIsOver() {
        if (state == WriterState.DELAYED) {
            state = WriterState.GOING_ON;
        }
    }

    /** Ends a stall, if there is one. Returns how many nanoseconds it took, or 0. */
    long stallIsOver() {
        if (state != WriterState.STALLED) {
            return 0;
        }
        state = WriterState.GOING_ON;
        return clock.monotonicNs() - stalledSinceNs;
    }
}
