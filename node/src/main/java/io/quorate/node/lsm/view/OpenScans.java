package io.quorate.node.lsm.view;

import java.util.TreeMap;

/**
 * The open scans. A scan keeps the memtables and tables that it sees, even after they were flushed or merged. So a scan
 * that its caller forgot to close must be noticed.
 */
public final class OpenScans {
    private final TreeMap<Long, Integer> countBySequence = new TreeMap<>();
    private int count;

    synchronized void opened(long sequence) {
        countBySequence.merge(sequence, 1, Integer::sum);
        count++;
    }

    synchronized void closed(long sequence) {
        countBySequence.computeIfPresent(sequence, (key, scans) -> scans == 1 ? null : scans - 1);
        count--;
    }

    public synchronized int count() {
        return count;
    }

    /** The sequence of the oldest open scan, or {@code otherwise} if there is none. */
    public synchronized long oldestSequence(long otherwise) {
        return countBySequence.isEmpty() ? otherwise : countBySequence.firstKey();
    }
}
