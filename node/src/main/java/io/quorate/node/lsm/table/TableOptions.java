package io.quorate.node.lsm.table;

import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.Compression;

/**
 * How a table is written.
 *
 * @param blockBytes after how many bytes, before compression, a block is closed; of data and of the index
 * @param compression of data blocks and of parts of the index
 * @param cause goes into the properties
 * @param level goes into the properties: which level of the tree it is written for, 0 being what memtables become
 */
public record TableOptions(int blockBytes, Compression compression, TableCause cause, int level) {
    static final int LEVEL_MAX = 63;

    public TableOptions {
        if (blockBytes < 1 || blockBytes > BlockFormat.CLOSED_AT_BYTES_MAX || level < 0 || level > LEVEL_MAX) {
            throw new IllegalArgumentException("blocks of " + blockBytes + " bytes (1 to "
                    + BlockFormat.CLOSED_AT_BYTES_MAX + ") for level " + level + " (0 to " + LEVEL_MAX + ")");
        }
    }

    /** For a table of what was in a memtable. */
    public static TableOptions ofMemtable(int blockBytes, TableCause cause) {
        return new TableOptions(blockBytes, Compression.LZ4, cause, 0);
    }
}
