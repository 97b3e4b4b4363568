package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesWriter;
import java.util.Arrays;

/** Builds one block after the other, entry by entry, in the form of {@link BlockFormat}. */
public final class BlockBuilder {
    private final int restartInterval;
    private final BytesWriter entries = new BytesWriter(32 << 10);
    private int[] restarts = new int[64];
    private int restartCount;
    private int entryCount;
    private byte[] lastKey = new byte[0];

    public BlockBuilder(int restartInterval) {
        this.restartInterval = restartInterval;
    }

    public boolean isEmpty() {
        return entryCount == 0;
    }

    public int bytes() {
        return entries.length() + (restartCount + 1) * Integer.BYTES;
    }

    /** Keys must ascend. */
    public void add(byte[] key, BytesWriter content) {
        int shared = 0;
        if (entryCount % restartInterval == 0) {
            addRestart();
        } else {
            int mismatch = Arrays.mismatch(lastKey, key);
            shared = mismatch < 0 ? key.length : mismatch;
        }
        entries.writeVarint(shared);
        entries.writeVarint(key.length - shared);
        entries.writeVarint(content.length());
        entries.writeBytes(key, shared, key.length - shared);
        entries.writeBytes(content.array(), 0, content.length());
        lastKey = key;
        entryCount++;
    }

    private void addRestart() {
        if (restartCount == restarts.length) {
            restarts = Arrays.copyOf(restarts, restartCount * 2);
        }
        restarts[restartCount++] = entries.length();
    }

    /** Appends the block to {@code out} and begins an empty one. */
    public void finish(BytesWriter out) {
        for (int i = 0; i < restartCount; i++) {
            entries.writeInt(restarts[i]);
        }
        entries.writeInt(restartCount);
        out.writeBytes(entries.array(), 0, entries.length());
        entries.clear();
        restartCount = 0;
        entryCount = 0;
    }
}
