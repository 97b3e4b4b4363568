package io.quorate.node.lsm.table;

import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The filter of an open table. It stays on disk until {@link #load} finds room for it. Before that, and without room,
 * any key may be in the table, unless the cache of blocks has the part that knows the key. Safe for use by several
 * threads.
 */
final class TableFilter {
    private final StoredFilter stored;
    private final StoredBlocks blocks;
    private final Function<BlockHandle, Optional<Block>> cached;
    private final FilterBudget budget;
    private volatile Optional<BloomFilter> loaded = Optional.empty(); // other threads read while a move drops it

    // Under the lock.
    private int level;
    private boolean withoutRoom;

    /**
     * @param cached finds a part of the filter in memory
     * @param level where its table is in the tree
     */
    TableFilter(
            StoredFilter stored,
            StoredBlocks blocks,
            Function<BlockHandle, Optional<Block>> cached,
            FilterBudget budget,
            int level) {
        this.stored = stored;
        this.blocks = blocks;
        this.cached = cached;
        this.budget = budget;
        this.level = level;
    }

    List<BlockHandle> parts() {
        return stored.parts();
    }

    /** Reads the filter into memory, if there is room and if this was not tried before. */
    synchronized void load() throws IOException {
        if (loaded.isPresent() || withoutRoom) {
            return;
        }
        if (!budget.tryTake(stored.memoryBytes(), level)) {
            withoutRoom = true;
            return;
        }
        try {
            loaded = Optional.of(stored.read(blocks));
        } catch (IOException | RuntimeException e) {
            budget.giveBack(stored.memoryBytes());
            throw e;
        }
    }

    /** Reads all of it from the disk, and keeps nothing. */
    void check() throws IOException {
        stored.read(blocks);
    }

    /** False if the key with this hash is certainly not in the table. Answers from memory. */
    boolean mayContain(long hash) {
        Optional<BloomFilter> whole = loaded;
        if (whole.isPresent()) {
            return whole.get().mayContain(hash);
        }
        Optional<BlockHandle> part = stored.partOf(hash);
        Optional<Block> found = part.flatMap(cached);
        return found.isEmpty() || mayContain(hash, part.get(), found.get());
    }

    /** The part that knows the key with this hash, if the filter is not in memory as a whole. */
    Optional<BlockHandle> partOnDisk(long hash) {
        return loaded.isPresent() ? Optional.empty() : stored.partOf(hash);
    }

    private boolean mayContain(long hash, BlockHandle at, Block part) {
        try {
            return stored.mayContain(hash, part);
        } catch (MalformedException e) {
            throw blocks.corrupt(at.offset(), e.getMessage());
        }
    }

    /** Leaves memory if there is no room at the new level of its table. */
    synchronized void moved(int to) {
        level = to;
        if (loaded.isPresent() && !budget.tryMove(stored.memoryBytes(), to)) {
            loaded = Optional.empty();
            withoutRoom = true;
        }
    }

    synchronized void close() {
        if (loaded.isPresent()) {
            loaded = Optional.empty();
            budget.giveBack(stored.memoryBytes());
        } else if (withoutRoom) {
            budget.closedWithout();
        }
    }
}
