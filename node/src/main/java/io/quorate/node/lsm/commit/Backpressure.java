package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.compaction.Pressure;
import io.quorate.node.lsm.compaction.WriteDelay;

/**
 * Decides whether the log thread may write the next group of writes. It has no thread and does no I/O. The log thread
 * owns it.
 *
 * <pre>
 *           behind, after a group                 no memtable, before a group
 *         +----------------------- GOING_ON --------------------------+
 *         v                         ^    ^                            v
 *      DELAYED -- delay is over ----+    +-- flush or merge is over -- STALLED
 *
 * state    | new writes arrive | before a group       | after a group      | delay over | flush or merge over
 * ---------+-------------------+----------------------+--------------------+------------+--------------------
 * GOING_ON | look              | no memtable: STALLED | behind: DELAYED    | -          | look
 * DELAYED  | look if disk full | no group             | -                  | GOING_ON   | look
 * STALLED  | look if disk full | no group             | -                  | -          | GOING_ON, look
 * </pre>
 *
 * <ul>
 *   <li><em>Look</em>: refuse the writes that the disk has no space for, then ask before each group. Held up or not,
 *       writes are refused at once while the disk is full.
 *   <li><em>No memtable</em>: the memtable is full, and as many as allowed wait for their flush. Writers are stopped
 *       only for this.
 *   <li><em>Behind</em>: merges have pressure above 0, or the last memtable that may be frozen fills up. Writers get a
 *       rate: what merges or flushes were measured to keep up with, times {@link Pressure#shareOfRate}. The lower rate
 *       counts. Groups are small and delays are short. Short batches pass a long one that has to wait longer, see
 *       {@link WriteDelay}.
 *   <li>A flush or a merge is over when it has ended, failed, or met a shortage.
 * </ul>
 *
 * Pebble and RocksDB stop writers when level 0 has too many tables. A merge of all of level 0 may take a minute.
 */
final class Backpressure {
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
        /** Until a flush ends. */
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

        /** From 0, merges keep up, to 1, they are far behind. */
        double mergePressure();

        /** What writers may write a second so that merges keep up. */
        double mergeBytesPerSecond();

        /** How fast memtables are flushed. */
        double flushBytesPerSecond();
    }

    WriterState state() {
        return state;
    }

    /** Whether to look at what waits, now that more has come. */
    boolean looksAtNewWrites(DiskSpace space) {
        return state == WriterState.GOING_ON || space != DiskSpace.ALL_WRITES;
    }

    /** Asks for the next group. Does not change {@link WriterState#DELAYED} or {@link WriterState#STALLED}. */
    WriterState beforeGroup(Load load) {
        if (state == WriterState.GOING_ON && load.isMemtableFull() && load.frozenMemtables() >= frozenMax) {
            state = WriterState.STALLED;
            stalledSinceNs = clock.monotonicNs();
        }
        return state;
    }

    /** About how many bytes the next group should have at most. */
    long groupBytes(Load load) {
        return WriteDelay.groupBytes(bytesPerSecond(load));
    }

    /** Whether the next group may have a batch of so many bytes. If not, {@link #afterGroup} of 0 bytes delays it. */
    boolean admits(long batchBytes, double bytesPerSecond) {
        return delay.admits(batchBytes, bytesPerSecond);
    }

    /** Notes a group of so many bytes. Returns for how many milliseconds the next one is delayed, or 0. */
    long afterGroup(long bytes, Load load) {
        long delayMs = delay.afterMs(bytes, bytesPerSecond(load));
        if (delayMs > 0) {
            state = WriterState.DELAYED;
        }
        return delayMs;
    }

    /** How much writers may write a second now. Infinite while flushes and merges keep up. */
    double bytesPerSecond(Load load) {
        double forMerges = load.mergeBytesPerSecond() * Pressure.shareOfRate(load.mergePressure());
        double forFlushes = load.flushBytesPerSecond() * Pressure.shareOfRate(pressureOfMemory(load));
        return Math.min(forMerges, forFlushes);
    }

    /** Once all other memtables wait for their flush, this is how full the last one is. */
    private double pressureOfMemory(Load load) {
        return load.frozenMemtables() >= frozenMax ? Math.min(1, load.memtableFill()) : 0;
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
