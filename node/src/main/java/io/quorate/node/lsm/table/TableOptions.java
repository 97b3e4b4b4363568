package io.quorate.node.lsm.table;

import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.Compression;

/**
 * How a table is written.
 *
 * @param blockBytes after how many bytes, before compression, a block of data or of the index is closed
 * @param compression of data blocks and of parts of the index
 * @param cause goes into the properties
 * @param level goes into the properties: the level of the tree that it is written for. Memtables become level 0
 * @param writtenMs goes into the properties: when it is written, in milliseconds since 1970, or {@link #TIME_UNKNOWN}
 */
public record TableOptions(int blockBytes, Compression compression, TableCause cause, int level, long writtenMs) {
    /** Counts as long ago. */
    public static final long TIME_UNKNOWN = 0;

    static final int LEVEL_MAX = 63;

    /** For a table that does not know when it is written. */
    public TableOptions(int blockBytes, Compression compression, TableCause cause, int level) {
        this(blockBytes, compression, cause, level, TIME_UNKNOWN);
    }

    public TableOptions {
        if (blockBytes < 1 || blockBytes > BlockFormat.CLOSED_AT_BYTES_MAX || level < 0 || level > LEVEL_MAX) {
            throw new IllegalArgumentException("blocks of " + blockBytes + " bytes (1 to "
                    + BlockFormat.CLOSED_AT_BYTES_MAX + ") for level " + level + " (0 to " + LEVEL_MAX + ")");
        }
    }

    /** For a table of the entries of a memtable. */
    public static TableOptions ofMemtable(int blockBytes, TableCause cause, long writtenMs) {
        return new TableOptions(blockBytes, Compression.LZ4, cause, 0, writtenMs);
    }
}
