package io.quorate.node.lsm.table.cache;

import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Decompressed blocks of data and parts of indexes, over all tables of a store, up to a number of bytes of the heap.
 *
 * <p><b>Admission.</b> While there is room, every block is admitted. Then a block is admitted if it was read before
 * lately ({@link RecentMisses}). So a block that is read once costs no memory of its own, and pushes nothing out. The
 * idea is that of the ghost lists in ARC (Megiddo, Modha, FAST 2003).
 *
 * <p><b>Eviction.</b> Each {@link CacheShard} takes the next block that no reader found since its clock hand passed
 * (CLOCK: Corbato, 1968).
 *
 * <p><b>Readers</b> take no lock. The memory of a block is never used again for another one. A reader that has found a
 * block keeps it for as long as it likes, also when the cache has evicted it. The garbage collector frees it.
 *
 * <p>The cache draws no random numbers. The same reads in the same order find the same blocks. Safe for use by several
 * threads.
 */
public final class BlockCache {
    private static final long SHARD_BYTES_MIN = 4 << 20;
    private static final int SHARDS_MAX = 64;

    /** As many misses are remembered as blocks of this length fit. */
    private static final int TYPICAL_BLOCK_BYTES = 4 << 10;

    private final CacheShard[] shards;
    private final RecentMisses misses;
    private final LongAdder hits = new LongAdder();
    private final LongAdder absences = new LongAdder();

    /** @param bytesMax of heap, for blocks and for what finds them. With 0 nothing is kept */
    public BlockCache(long bytesMax) {
        int count = (int) Long.highestOneBit(Math.max(1, Math.min(SHARDS_MAX, bytesMax / SHARD_BYTES_MIN)));
        this.shards = IntStream.range(0, count)
                .mapToObj(i -> new CacheShard(bytesMax / count))
                .toArray(CacheShard[]::new);
        this.misses = new RecentMisses(bytesMax / TYPICAL_BLOCK_BYTES);
    }

    /** The block of a table, if it is here. */
    public Optional<Block> get(long table, BlockHandle handle) {
        long hash = hash(table, handle.offset());
        Optional<Block> found = shard(hash).get(hash, table, handle.offset());
        (found.isPresent() ? hits : absences).increment();
        return found;
    }

    /** Whether a block that is about to be read should be put here. Remembers that it is read. */
    public boolean admits(long table, BlockHandle handle) {
        long hash = hash(table, handle.offset());
        CacheShard shard = shard(hash);
        return shard.mayHold(handle.bytes()) && (shard.hasRoom() || misses.wasSeen(hash));
    }

    /** Keeps a block, unless it is too long for the cache. Nothing may change its bytes from now on. */
    public void put(long table, BlockHandle handle, Block block) {
        long hash = hash(table, handle.offset());
        shard(hash).put(new CachedBlock(hash, table, handle.offset(), block));
    }

    /** Makes the blocks of a table give way to the next ones. Nobody may read the table from now on. */
    public void forget(long table) {
        for (CacheShard shard : shards) {
            shard.forget(table);
        }
    }

    public CacheStatistics statistics() {
        long evictions = Arrays.stream(shards).mapToLong(CacheShard::evictions).sum();
        return new CacheStatistics(hits.sum(), absences.sum(), evictions, bytes());
    }

    /** How many bytes its blocks take. */
    long bytes() {
        return Arrays.stream(shards).mapToLong(CacheShard::bytes).sum();
    }

    private CacheShard shard(long hash) {
        return shards[(int) (hash >>> (Long.SIZE - Integer.SIZE / 2)) & (shards.length - 1)];
    }

    /** The finalizer of MurmurHash3 over both numbers. */
    private static long hash(long table, long offset) {
        long hash = table * 0x9e3779b97f4a7c15L + offset;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
