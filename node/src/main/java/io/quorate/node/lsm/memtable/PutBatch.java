package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Record;

/** Puts of different keys that are done together. For the writer only. */
final class PutBatch {
    static final int PUTS_MAX = JointSearch.KEYS_MAX;

    final byte[][] keys = new byte[PUTS_MAX][];
    final Record[] records = new Record[PUTS_MAX];
    final long[] sequences = new long[PUTS_MAX];
    final long[] prefixes = new long[PUTS_MAX];
    final long[] hashes = new long[PUTS_MAX];
    private int count;

    int count() {
        return count;
    }

    /** False if the batch is full, or may have another put of the same key. */
    boolean takes(long hash) {
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash) {
                return false;
            }
        }
        return count < PUTS_MAX;
    }

    void add(byte[] key, long prefix, long hash, Record record, long sequence) {
        keys[count] = key;
        prefixes[count] = prefix;
        hashes[count] = hash;
        records[count] = record;
        sequences[count] = sequence;
        count++;
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            keys[i] = null;
            records[i] = null;
        }
        count = 0;
    }
}
