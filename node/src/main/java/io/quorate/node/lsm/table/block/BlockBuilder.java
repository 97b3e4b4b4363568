package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.format.EncodedEntry;
import java.util.Arrays;

/** Builds one block after the other, entry by entry, in the form of {@link BlockFormat}. */
public final class BlockBuilder {
    private final int restartInterval;
    private final BytesWriter entries = new BytesWriter(4 << 10);
    private int[] restarts = new int[64];
    private int restartCount;
    private int entryCount;
    private byte[] lastKey = new byte[64];
    private int lastKeyBytes;

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
        add(key, key.length, content.array(), 0, content.length());
    }

    /** Keys must ascend. */
    public void add(EncodedEntry entry) {
        add(entry.keyArray(), entry.keyBytes(), entry.recordArray(), entry.recordAt(), entry.recordBytes());
    }

    private void add(byte[] key, int keyBytes, byte[] content, int contentAt, int contentBytes) {
        int shared = 0;
        if (entryCount % restartInterval == 0) {
            addRestart();
        } else {
            int mismatch = Arrays.mismatch(lastKey, 0, lastKeyBytes, key, 0, keyBytes);
            shared = mismatch < 0 ? keyBytes : mismatch;
        }
        entries.writeVarint(shared);
        entries.writeVarint(keyBytes - shared);
        entries.writeVarint(contentBytes);
        entries.writeBytes(key, shared, keyBytes - shared);
        entries.writeBytes(content, contentAt, contentBytes);
        keepKey(key, keyBytes);
        entryCount++;
    }

    private void keepKey(byte[] key, int keyBytes) {
        if (keyBytes > lastKey.length) {
            lastKey = new byte[2 * keyBytes];
        }
        System.arraycopy(key, 0, lastKey, 0, keyBytes);
        lastKeyBytes = keyBytes;
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
