package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.node.lsm.compaction.Pressure;
import io.quorate.node.lsm.compaction.WriteDelay;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import java.util.Optional;

/**
 * Decides who may write now: a write is refused, or it waits, or it is in the next group. All such decisions of the
 * store are made here. It has no thread, no clock and no I/O.
 *
 * <p>The first row that is true decides:
 *
 * <pre>
 * the store                                | a new write          | a write that waits
 * -----------------------------------------+----------------------+--------------------------------
 * has failed                               | STOPPED              | STOPPED
 * is closed                                | CLOSING              | CLOSING
 * is closing                               | CLOSING              | next row. Merges do not delay it
 * never takes a write of this length       | TOO_LARGE            | -
 * needs a file descriptor and has none     | OUT_OF_DESCRIPTORS   | OUT_OF_DESCRIPTORS
 * has no space on its disk for this write  | DISK_FULL            | DISK_FULL
 * has a full queue                         | OVERLOADED           | -
 * has no memtable left                     | waits                | STALLED, until a flush is over
 * has merges or flushes that are behind    | waits                | DELAYED, until a timer ends
 * is told by its caller to refuse it       | waits                | NOT_ADMITTED, see {@link LogAdmission}
 * none of these                            | waits                | is in the next group
 * </pre>
 *
 * The end of the store writes nothing. So it waits for nothing but the writes before it.
 *
 * <p>Refusals depend on nothing but their arguments, so any thread may ask for them. The rest is a state machine, which
 * the log thread owns:
 *
 * <pre>
 *           behind, after a group                 no memtable, before a group
 *         +----------------------- GOING_ON --------------------------+
 *         v                         ^    ^                            v
 *      DELAYED -- delay is over ----+    +-- there is one again ------ STALLED
 * </pre>
 *
 * <ul>
 *   <li><em>No memtable</em>: the memtable is full, and as many as allowed wait for their flush. Writers are stopped
 *       only for this.
 *   <li><em>Behind</em>: merges have pressure above 0, or the last memtable that may be frozen fills up. Writers get a
 *       rate: what merges or flushes were measured to keep up with, times {@link Pressure#shareOfRate}. The lower rate
 *       counts. Groups are small and delays are short. Short batches pass a long one that has to wait longer, see
 *       {@link WriteDelay}. While merges wait for space or for a file descriptor, which may last, they delay nobody.
 *   <li>A flush or a merge is over when it has ended, failed, or met a shortage.
 * </ul>
 *
 * Pebble and RocksDB stop writers when level 0 has too many tables. A merge of all of level 0 may take a minute.
 */
final class WriteAdmission {
    /**
     * Writers get at least this share of what merges keep up with. A few more tables in level 0 cost less than a batch
     * of a MiB that waits for many seconds.
     */
    private static final double SHARE_FOR_MERGES_MIN = 0.25;

    /** Full memory stops writers. So they get slower up to the end. */
    private static final double SHARE_FOR_FLUSHES_MIN = 0.02;

    private final int frozenMax;
    private final WriteDelay delay;

    private WriterState state = WriterState.GOING_ON;

    /** @param frozenMax how many memtables may wait for their flush */
    WriteAdmission(int frozenMax, WriteDelay delay) {
        this.frozenMax = frozenMax;
        this.delay = delay;
    }

    enum WriterState {
        GOING_ON,
        /** Until a timer ends: flushes and merges are to catch up. */
        DELAYED,
        /** Until a flush ends. */
        STALLED
    }

    /** How far the store is with its end. */
    enum Lifecycle {
        OPEN,
        /** What was accepted before is still written. */
        CLOSING,
        CLOSED,
        FAILED;

        static Lifecycle of(boolean failed, boolean closed, boolean closing) {
            if (failed) {
                return FAILED;
            }
            if (closed) {
                return CLOSED;
            }
            return closing ? CLOSING : OPEN;
        }
    }

    /**
     * Why the store may refuse writes, whatever its load.
     *
     * @param lacksDescriptor whether the next write needs a file descriptor and there is none. The log thread knows,
     *     see {@link WriteAdmission#lacksDescriptor}. For other threads it is what the log thread found last
     */
    record StoreCondition(Lifecycle lifecycle, boolean lacksDescriptor, DiskSpace space) {
        /** Whether it is a reason to refuse some of the writes that wait. */
        boolean refusesSome() {
            return isOver(lifecycle) || lacksDescriptor || space != DiskSpace.ALL_WRITES;
        }
    }

    /**
     * What a batch asks for.
     *
     * @param needs the least space with which the store takes it
     * @param bytes how much it counts against the bounds on memory
     */
    record BatchSize(DiskSpace needs, long bytes, int longestValueBytes) {}

    /** The load of the store, as it is at the moment of each call. */
    interface Load {
        Lifecycle lifecycle();

        /** Whether the next write needs another memtable. */
        boolean isMemtableFull();

        /** How full the memtable is, from 0 to 1 and a bit more. */
        double memtableFill();

        /** How many memtables wait for their flush. */
        int frozenMemtables();

        /** Whether merges wait for the end of a shortage. */
        boolean areMergesHeldUp();

        /** From 0, merges keep up, to 1, they are far behind. */
        double mergePressure();

        /** What writers may write a second so that merges keep up. */
        double mergeBytesPerSecond();

        /** How fast memtables are flushed now. */
        double flushBytesPerSecond();
    }

    private static boolean isOver(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case OPEN, CLOSING -> false;
            case CLOSED, FAILED -> true;
        };
    }

    /** Only a full memtable needs the next segment of the log, and only that needs a file descriptor. */
    static boolean lacksDescriptor(boolean outOfDescriptors, Load load) {
        return outOfDescriptors && load.isMemtableFull();
    }

    /** Why a new batch is refused, before it is asked whether the queue takes it. Empty if it is not. */
    static Optional<RefusedBecause> refusalOfNew(StoreCondition condition, BatchSize size, WriteLimits limits) {
        boolean mayBeTaken = condition.lifecycle() == Lifecycle.OPEN;
        return mayBeTaken && isTooLarge(size, limits)
                ? Optional.of(RefusedBecause.TOO_LARGE)
                : refusalOfNew(condition, size.needs());
    }

    /**
     * Why a new write of any length is refused.
     *
     * @param needs the least space with which the store takes the write
     */
    static Optional<RefusedBecause> refusalOfNew(StoreCondition condition, DiskSpace needs) {
        return condition.lifecycle() == Lifecycle.CLOSING
                ? Optional.of(RefusedBecause.CLOSING)
                : refusalOfQueued(condition, needs);
    }

    /**
     * Why a write is refused that was queued before.
     *
     * @param needs the least space with which the store takes the write
     */
    static Optional<RefusedBecause> refusalOfQueued(StoreCondition condition, DiskSpace needs) {
        return switch (condition.lifecycle()) {
            case FAILED -> Optional.of(RefusedBecause.STOPPED);
            case CLOSED -> Optional.of(RefusedBecause.CLOSING);
            case OPEN, CLOSING -> refusalForShortage(condition, needs);
        };
    }

    private static Optional<RefusedBecause> refusalForShortage(StoreCondition condition, DiskSpace needs) {
        if (condition.lacksDescriptor()) {
            return Optional.of(RefusedBecause.OUT_OF_DESCRIPTORS);
        }
        boolean hasSpace = condition.space().compareTo(needs) <= 0;
        return hasSpace ? Optional.empty() : Optional.of(RefusedBecause.DISK_FULL);
    }

    /** The longest batch that is ever taken: a register and a vote, each with the longest value, and a full queue. */
    static long batchBytesMax(WriteLimits limits) {
        return limits.queuedBytesMax() + 2L * limits.valueBytesMax();
    }

    private static boolean isTooLarge(BatchSize size, WriteLimits limits) {
        return size.longestValueBytes() > limits.valueBytesMax() || size.bytes() > batchBytesMax(limits);
    }

    /**
     * Whether the queue takes another batch.
     *
     * <p>A batch that is longer than half of the queue counts as half of it. So it is admitted beside other writes: if
     * it had to wait for an empty queue, a store with steady work would refuse it for ever. The queue has at most half
     * of {@code queuedBytesMax} and the longest batch, or {@code queuedBytesMax}, whichever is more.
     *
     * @param queuedBytes how much waits before it
     */
    static boolean hasQueueRoom(long batchBytes, long queuedBytes, WriteLimits limits) {
        long needed = Math.min(batchBytes, limits.queuedBytesMax() / 2);
        return queuedBytes <= 0 || queuedBytes + needed <= limits.queuedBytesMax();
    }

    WriterState state() {
        return state;
    }

    /** Whether to look at what waits, now that more has come. Held up or not, writes are refused at once. */
    boolean looksAtNewWrites(StoreCondition condition) {
        return state == WriterState.GOING_ON || condition.refusesSome();
    }

    /**
     * Whether the next task may be done now. If not, the state says what ends the wait, if anything does.
     *
     * @param needsMemtable false for a task that writes nothing, such as the end of the store. It waits for nothing: a
     *     flush may wait for the end of a shortage, and that may last
     */
    boolean mayGoOn(Load load, boolean needsMemtable) {
        if (isOver(load.lifecycle())) {
            return false;
        }
        return !needsMemtable || mayWrite(load);
    }

    private boolean mayWrite(Load load) {
        if (state == WriterState.GOING_ON && lacksMemtable(load)) {
            state = WriterState.STALLED;
        }
        return state == WriterState.GOING_ON;
    }

    private boolean lacksMemtable(Load load) {
        return load.isMemtableFull() && !mayFreeze(load);
    }

    /** Whether the memtable may be frozen now. Otherwise memtables would take more memory than they may. */
    boolean mayFreeze(Load load) {
        return load.frozenMemtables() < frozenMax;
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
        double forMerges = Double.POSITIVE_INFINITY;
        double pressureOfMerges = pressureOfMerges(load);
        if (pressureOfMerges > 0) {
            forMerges = load.mergeBytesPerSecond() * Pressure.shareOfRate(pressureOfMerges, SHARE_FOR_MERGES_MIN);
        }
        double pressureOfMemory = pressureOfMemory(load);
        if (pressureOfMemory == 0) {
            return forMerges;
        }
        return Math.min(
                forMerges, load.flushBytesPerSecond() * Pressure.shareOfRate(pressureOfMemory, SHARE_FOR_FLUSHES_MIN));
    }

    /** The end of the store gives up its merges, and a shortage may last. No write waits for these. */
    private static double pressureOfMerges(Load load) {
        boolean waitsForThem = load.lifecycle() == Lifecycle.OPEN && !load.areMergesHeldUp();
        return waitsForThem ? load.mergePressure() : 0;
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

    /** A flush or a merge is over, or the store begins to close. A stall ends only if there is a memtable again. */
    void lookAgain(Load load) {
        if (state == WriterState.STALLED && !lacksMemtable(load)) {
            state = WriterState.GOING_ON;
        }
    }
}
