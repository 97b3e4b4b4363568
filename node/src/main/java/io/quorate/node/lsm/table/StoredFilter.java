package io.quorate.node.lsm.table;

import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The filter of a table as its file has it. */
interface StoredFilter {
    /** How much of the heap it takes as a whole. */
    long memoryBytes();

    /** Reads all of it. */
    BloomFilter read(StoredBlocks blocks) throws IOException;

    /** All its parts, if it has any. */
    List<BlockHandle> parts();

    /** The part that alone says whether a key with this hash may be in the table. Empty if the filter has no parts. */
    Optional<BlockHandle> partOf(long hash);

    /**
     * False if the key with this hash is certainly not in the table.
     *
     * @param part the block that {@link #partOf} names
     * @throws io.quorate.common.codec.MalformedException if that is not what the block holds
     */
    boolean mayContain(long hash, Block part);
}
