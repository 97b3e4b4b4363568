package io.quorate.node.lsm.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/**
 * The blocks that were read last, up to a number of bytes, over all tables of a store. What it keeps depends on random
 * numbers of its own, so a simulation that must repeat itself gives it no bytes.
 */
public final class BlockCache {
    private final Cache<Place, Block> blocks;

    public BlockCache(long bytesMax) {
        blocks = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Place place, Block block) -> block.memoryBytes())
                .executor(Runnable::run)
                .build();
    }

    private record Place(long table, long offset) {}

    Optional<Block> get(long table, BlockHandle handle) {
        return Optional.ofNullable(blocks.getIfPresent(new Place(table, handle.offset())));
    }

    void put(long table, BlockHandle handle, Block block) {
        blocks.put(new Place(table, handle.offset()), block);
    }
}
