package io.quorate.node.lsm.table.block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Optional;

/**
 * Decompressed blocks of data and parts of indexes, over all tables of a store, up to a number of bytes of the heap. A
 * block that is read once does not push out one that is read often (W-TinyLFU: Einziger, Friedman, Manes, ACM
 * Transactions on Storage, 2017). The cache uses random numbers of its own to decide what to keep. So a simulation that
 * must repeat itself gives it no bytes.
 */
public final class BlockCache {
    /** What an entry takes besides its block: the place, the cache's node, a slot and node of its hash table. */
    private static final int ENTRY_BYTES = 160;

    private final Cache<Place, Block> blocks;

    public BlockCache(long bytesMax) {
        blocks = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Place place, Block block) -> block.memoryBytes() + ENTRY_BYTES)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    private record Place(long table, long offset) {}

    public Optional<Block> get(long table, BlockHandle handle) {
        return Optional.ofNullable(blocks.getIfPresent(new Place(table, handle.offset())));
    }

    public void put(long table, BlockHandle handle, Block block) {
        blocks.put(new Place(table, handle.offset()), block);
    }

    public CacheStatistics statistics() {
        CacheStats stats = blocks.stats();
        return new CacheStatistics(stats.hitCount(), stats.missCount(), stats.evictionCount(), weight());
    }

    /** How many bytes it keeps. */
    long bytes() {
        blocks.cleanUp();
        return weight();
    }

    private long weight() {
        return blocks.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
