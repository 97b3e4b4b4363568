package io.quorate.node.lsm.table;

import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;
import java.util.Optional;

/** The filter of an open table, if the budget had room for it. Without one, any key may be in the table. */
final class TableFilter {
    private final FilterBudget budget;
    private final long bytes;
    private volatile Optional<BloomFilter> filter; // other threads read while a move drops it

    private TableFilter(FilterBudget budget, long bytes, Optional<BloomFilter> filter) {
        this.budget = budget;
        this.bytes = bytes;
        this.filter = filter;
    }

    /** Reads nothing if there is no room. {@link #close} gives the room back. */
    static TableFilter load(StoredBlocks blocks, BlockHandle handle, FilterBudget budget, int level)
            throws IOException {
        long bytes = handle.bytes();
        if (!budget.tryTake(bytes, level)) {
            return new TableFilter(budget, 0, Optional.empty());
        }
        try {
            return new TableFilter(budget, bytes, Optional.of(BloomFilter.read(blocks.readPlain(handle))));
        } catch (IOException | RuntimeException e) {
            budget.giveBack(bytes);
            throw e;
        }
    }

    /** False if the key with this hash is certainly not in the table. */
    boolean mayContain(long hash) {
        Optional<BloomFilter> current = filter;
        return current.isEmpty() || current.get().mayContain(hash);
    }

    /** Drops the filter if there is no room at the new level of its table. */
    void moved(int level) {
        if (filter.isPresent() && !budget.tryMove(bytes, level)) {
            filter = Optional.empty();
        }
    }

    void close() {
        if (filter.isPresent()) {
            budget.giveBack(bytes);
        } else {
            budget.closedWithout();
        }
    }
}
