package io.quorate.node.lsm.table;

import java.io.IOException;

/** Where the blocks of a table come from: the cache, the disk, or both. */
interface BlockSource {
    Block read(BlockHandle handle) throws IOException;
}
