package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import java.util.List;

/**
 * Decides where a merge ends one table and begins the next. A table ends when it is long enough, or has enough entries.
 * It ends earlier if it overlaps so much of the level below that merging it down would cost too much, as in LevelDB.
 * Keys must ascend.
 */
final class OutputSplit {
    private static final int OVERLAP_TABLES_MAX = 10;

    private final long tableBytes;
    private final long tableEntries;
    private final List<TableDescription> below;
    private int next;
    private long overlapBytes;

    /** @param below the tables, by first key, of the level below the one that is written to */
    OutputSplit(long tableBytes, long tableEntries, List<TableDescription> below) {
        this.tableBytes = tableBytes;
        this.tableEntries = tableEntries;
        this.below = below;
    }

    private static boolean isAbove(EncodedEntry entry, Key key) {
        return entry.compareKey(key.bytes(), key.length()) > 0;
    }

    /** Whether another table begins with {@code entry}, if the one so far has so many bytes and entries. */
    boolean isBefore(EncodedEntry entry, long bytes, long entries) {
        long passed = 0;
        while (next < below.size() && isAbove(entry, below.get(next).lastKey())) {
            passed += below.get(next++).bytes();
        }
        overlapBytes += bytes > 0 ? passed : 0;
        boolean full = bytes >= tableBytes || entries >= tableEntries;
        boolean split = full || bytes > 0 && overlapBytes / OVERLAP_TABLES_MAX > tableBytes;
        if (split) {
            overlapBytes = 0;
        }
        return split;
    }
}
