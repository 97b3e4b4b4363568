package io.quorate.node.lsm.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The hashes of a table's keys, until its filter is built: 8 bytes of heap for each key. They lie in parts, so more of
 * them need no copy of all.
 */
final class KeyHashes {
    private static final int PART_HASHES = 16 << 10;
    private static final int FIRST_HASHES = 1 << 7;

    private final List<long[]> fullParts = new ArrayList<>();
    private long[] part = new long[FIRST_HASHES];
    private int partCount;

    void add(long hash) {
        if (partCount == part.length) {
            makeSpace();
        }
        part[partCount++] = hash;
    }

    private void makeSpace() {
        if (part.length < PART_HASHES) {
            part = Arrays.copyOf(part, part.length * 2);
        } else {
            fullParts.add(part);
            part = new long[PART_HASHES];
            partCount = 0;
        }
    }

    long count() {
        return (long) fullParts.size() * PART_HASHES + partCount;
    }

    void forEach(LongConsumer action) {
        for (long[] full : fullParts) {
            Arrays.stream(full).forEach(action);
        }
        Arrays.stream(part, 0, partCount).forEach(action);
    }
}
