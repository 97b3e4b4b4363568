package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.table.block.BlockBuilder;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.util.Arrays;

/**
 * Builds the index of a table. A part of it is written when it is full, and then the index itself points to parts. If
 * no part was ever full, the index points to data blocks.
 */
final class IndexBuilder {
    /** A search decodes half as many entries as this on its way, and as many keys share their beginnings. */
    private static final int RESTART_INTERVAL = 4;

    private final int partBytes;
    private final BlockBuilder part = new BlockBuilder(RESTART_INTERVAL);
    private final BlockBuilder parts = new BlockBuilder(1);
    private final BytesWriter content = new BytesWriter(BlockHandle.ENCODED_BYTES);
    private byte[] lastKey = new byte[0];

    IndexBuilder(int partBytes) {
        this.partBytes = partBytes;
    }

    /** A key at or above {@code last}, below {@code next}, and no longer than {@code last}. */
    static byte[] separator(byte[] last, byte[] next) {
        int differing = Arrays.mismatch(last, next);
        boolean shorter = differing + 1 < Math.min(last.length, next.length);
        return shorter ? Arrays.copyOf(next, differing + 1) : last;
    }

    /** @param key at or above all in the data block, and below all in the next */
    void add(byte[] key, BlockHandle dataBlock) {
        part.add(key, encoded(dataBlock));
        lastKey = key;
    }

    private BytesWriter encoded(BlockHandle handle) {
        content.clear();
        handle.write(content);
        return content;
    }

    boolean isPartFull() {
        return part.bytes() >= partBytes;
    }

    void finishPart(BytesWriter out) {
        part.finish(out);
    }

    void addPart(BlockHandle handle) {
        parts.add(lastKey, encoded(handle));
    }

    /** Whether the entries since the last part have to become a part too. */
    boolean hasRestOfParts() {
        return levels() > 1 && !part.isEmpty();
    }

    int levels() {
        return parts.isEmpty() ? 1 : 2;
    }

    /** Appends the block that searches begin in. */
    void finish(BytesWriter out) {
        (levels() == 1 ? part : parts).finish(out);
    }
}
