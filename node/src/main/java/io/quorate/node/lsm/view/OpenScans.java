package io.quorate.node.lsm.view;

import java.util.TreeMap;

/**
 * The scans that have not been closed. Each keeps what it sees: memtables that were flushed and tables that were merged
 * since, so one that is forgotten must be noticed.
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

    /** What the oldest of them sees up to; {@code otherwise} if there is none. */
    public synchronized long oldestSequence(long otherwise) {
        return countBySequence.isEmpty() ? otherwise : countBySequence.firstKey();
    }
}
