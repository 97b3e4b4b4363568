package io.quorate.node.lsm.table.cache;

import io.quorate.node.lsm.table.block.Block;
import java.util.Set;

/** A block in the cache, and where it comes from. Immutable, except for the mark of the clock. */
final class CachedBlock {
    private static final byte[] NO_ENTRIES = {0, 0, 0, 0, 0, 0, 0, 1};

    /** Stands for no block. No table has its number. */
    static final CachedBlock NONE = new CachedBlock(0, -1, -1, new Block(NO_ENTRIES, NO_ENTRIES.length));

    /** Its own fields and the object's header. */
    private static final int OBJECT_BYTES = 48;

    private final long hash;
    private final long table;
    private final long offset;
    private final Block block;
    private final int bytes;

    /** Several readers and the clock write it without order. A lost mark only makes an eviction come earlier. */
    private boolean marked;

    CachedBlock(long hash, long table, long offset, Block block) {
        this.hash = hash;
        this.table = table;
        this.offset = offset;
        this.block = block;
        this.bytes = block.memoryBytes() + OBJECT_BYTES;
    }

    boolean isOf(long someTable, long someOffset) {
        return table == someTable && offset == someOffset;
    }

    boolean isOfAny(Set<Long> tables) {
        return tables.contains(table);
    }

    long hash() {
        return hash;
    }

    Block block() {
        return block;
    }

    /** What it takes of the heap. */
    int bytes() {
        return bytes;
    }

    /** A reader has found it. A mark that is there already is not written again, so that caches can share its line. */
    void mark() {
        if (!marked) {
            marked = true;
        }
    }

    /** Takes the mark away, and returns whether there was one. */
    boolean unmark() {
        boolean was = marked;
        marked = false;
        return was;
    }
}
