package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.Pressure;
import java.util.Collection;

/**
 * How far merges are behind, as of the last flush or the last step of a merge. The compactor writes it under its lock.
 * Any thread reads it.
 */
final class MergeBacklog {
    private final CompactionOptions options;
    private volatile Pressure measured = Pressure.NONE;
    private volatile Pressure left = Pressure.NONE;
    private volatile HeldUp heldUp = HeldUp.NOTHING;

    /**
     * The wait of merges for the end of a shortage.
     *
     * @param waits whether merges wait now
     * @param bytes how much the merge that waits may write
     * @param untilMs on the monotonic clock: none begins before
     * @param inARow how many merges were held up since the last one that ended well
     */
    private record HeldUp(boolean waits, long bytes, long untilMs, int inARow) {
        static final HeldUp NOTHING = new HeldUp(false, 0, 0, 0);
    }

    MergeBacklog(CompactionOptions options) {
        this.options = options;
    }

    /** The tables have changed. */
    void measure(Pressure now) {
        measured = now;
    }

    /** The running merges have done a part of their work. */
    void progress(Collection<RunningMerge> running) {
        Pressure rest = measured;
        for (RunningMerge merge : running) {
            rest = rest.without(merge.plan, merge.shareDone());
        }
        left = rest;
    }

    /** From 0, writers need not wait, to 1, they are slowest. */
    double pressureOnWriters() {
        return left.onWriters(options);
    }

    /** From 0, nothing is due, to 1, merges run without a limit. */
    double urgency() {
        return measured.urgency(options);
    }

    long debtBytes() {
        return (long) measured.debtBytes();
    }

    /**
     * A merge that may write this much met a shortage. No other one begins until it may go on. A merge that is held up
     * again and again writes for nothing each time. So the wait doubles, up to a minute.
     */
    void holdUp(long bytes, long nowMs) {
        int inARow = heldUp.inARow;
        heldUp = new HeldUp(true, bytes, nowMs + RetryPause.ms(inARow), inARow + 1);
    }

    boolean isHeldUp() {
        return heldUp.waits;
    }

    /** Whether the wait has lasted long enough for another attempt. */
    boolean mayTryAgain(long nowMs) {
        return nowMs >= heldUp.untilMs;
    }

    /** How much the merge that waits may write. */
    long bytesHeldUp() {
        return heldUp.bytes;
    }

    void goOn() {
        heldUp = new HeldUp(false, 0, 0, heldUp.inARow);
    }

    /** A merge has ended well. */
    void succeeded() {
        if (!heldUp.waits) {
            heldUp = HeldUp.NOTHING;
        }
    }
}
