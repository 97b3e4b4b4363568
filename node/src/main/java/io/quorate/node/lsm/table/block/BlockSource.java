package io.quorate.node.lsm.table.block;

import java.io.IOException;

/** Where the blocks of a table come from: the cache, the disk, or both. */
public interface BlockSource {
    Block read(BlockHandle handle) throws IOException;
}
