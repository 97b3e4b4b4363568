package io.quorate.node.lsm.table.block;

/** How the blocks of a table are made smaller; a block that would hardly shrink stays as it is. */
public enum Compression {
    NONE(BlockFormat.TYPE_PLAIN),

    /** Costs little to write and least to read: for tables that will soon be rewritten. */
    LZ4(BlockFormat.TYPE_LZ4),

    /** Smaller, and several times slower both ways: for the level that most of the data rests in. */
    ZSTD(BlockFormat.TYPE_ZSTD);

    private final int blockType;

    Compression(int blockType) {
        this.blockType = blockType;
    }

    int blockType() {
        return blockType;
    }
}
