package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.Pressure;

/**
 * How far merges are behind, as of the last flush or the last end of a merge. The compactor writes it under its lock.
 * Any thread reads it.
 */
final class MergeBacklog {
    /** From this pressure on, writers are stopped. */
    private static final double STOP = 1;

    private final CompactionOptions options;
    private volatile Pressure pressure = Pressure.NONE;
    private volatile long bytesWithoutSpace = -1;

    MergeBacklog(CompactionOptions options) {
        this.options = options;
    }

    /** True if writers had to stop, and need not any more. */
    boolean measure(Pressure now) {
        boolean stopped = stopsWriters();
        pressure = now;
        return stopped && !stopsWriters();
    }

    /** From 0, writers need not wait, to 1, they are stopped. It is 0 while a merge waits for space, which may last. */
    double pressureOnWriters() {
        return isWithoutSpace() ? 0 : pressure.onWriters(options);
    }

    boolean stopsWriters() {
        return pressureOnWriters() >= STOP;
    }

    /** From 0, nothing is due, to 1, merges run without a limit. */
    double urgency() {
        return pressure.urgency(options);
    }

    long debtBytes() {
        return pressure.debtBytes();
    }

    /** A merge that may write this much found no space. Until it may go on, no other one begins. */
    void waitForSpace(long bytes) {
        bytesWithoutSpace = bytes;
    }

    boolean isWithoutSpace() {
        return bytesWithoutSpace >= 0;
    }

    /** How much the merge that waits for space may write. */
    long bytesWithoutSpace() {
        return Math.max(0, bytesWithoutSpace);
    }

    void spaceIsFound() {
        bytesWithoutSpace = -1;
    }
}
