package io.quorate.node.lsm.table;

import io.quorate.node.lsm.format.TreeLevel;

/**
 * How much of the heap the filters of open tables may take. They grow with the number of entries: 1.25 bytes each. The
 * filter of a table that finds no room stays on disk. Safe for use by several threads.
 *
 * <p>Filters of the bottom level get three quarters at most. So there is room for those of the levels above, which have
 * few of the entries and spare most of the reads.
 */
public final class FilterBudget {
    private final long bytesMax;

    // Under the lock.
    private long bytes;
    private long tablesWithout;
    private boolean wasFull;
    private Runnable listener = () -> {};

    public FilterBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    static FilterBudget unlimited() {
        return new FilterBudget(Long.MAX_VALUE);
    }

    /** @param whenFull called once, when the first table finds no room, on the thread that reads filters */
    public synchronized void onFull(Runnable whenFull) {
        listener = whenFull;
        if (wasFull) {
            listener.run();
        }
    }

    /** Takes room for a filter. If there is none, its table counts as one without. */
    synchronized boolean tryTake(long wanted, int level) {
        boolean fits = wanted <= bytesMaxOf(level) - bytes;
        if (fits) {
            bytes += wanted;
            return true;
        }
        tablesWithout++;
        if (!wasFull) {
            wasFull = true;
            listener.run();
        }
        return false;
    }

    /** Takes the same room at another level of the tree. If there is none, the table counts as one without. */
    synchronized boolean tryMove(long taken, int level) {
        bytes -= taken;
        return tryTake(taken, level);
    }

    private long bytesMaxOf(int level) {
        return level == TreeLevel.BOTTOM ? bytesMax / 4 * 3 : bytesMax;
    }

    /** A filter that took room leaves memory, or could not be read. */
    synchronized void giveBack(long taken) {
        bytes -= taken;
    }

    /** A table whose filter found no room is closed. */
    synchronized void closedWithout() {
        tablesWithout--;
    }

    public synchronized FilterStatistics statistics() {
        return new FilterStatistics(bytes, tablesWithout);
    }
}
