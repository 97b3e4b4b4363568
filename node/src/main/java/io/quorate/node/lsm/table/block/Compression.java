package io.quorate.node.lsm.table.block;

import io.quorate.common.model.Coded;

/**
 * How the blocks of a table are compressed. A block that would hardly shrink stays plain. The code of a method is also
 * the type of its blocks.
 */
public enum Compression implements Coded {
    NONE(BlockFormat.TYPE_PLAIN),

    /** Costs little to write and least to read: for tables that will soon be rewritten. */
    LZ4(BlockFormat.TYPE_LZ4),

    /** Smaller, and several times slower both ways: for the level that holds most of the data. */
    ZSTD(BlockFormat.TYPE_ZSTD);

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
