package io.quorate.node.lsm.options;

import io.quorate.node.lsm.compaction.CompactionOptions;

/**
 * How a store uses memory and disk. Memory at most: the frozen memtables and one more, the waiting writes, the block
 * cache, and the filter and the top of the index of every table.
 *
 * @param memtableBytes when a memtable, or the log segment with the same writes, is this large, the next one begins.
 *     Larger ones mean fewer tables and less rewriting, and a longer start
 * @param frozenMemtablesMax how many memtables may wait for their flush; beyond it the log thread pauses
 * @param queuedBytesMax how much may wait for the log thread; beyond it writes are refused
 * @param groupBytesMax how much is forced to the log at once
 * @param valueBytesMax longest value
 * @param blockBytes about how long the blocks of a table are: what a read from disk reads
 * @param blockCacheBytes how much of the tables is kept in memory; 0 keeps nothing, and makes reads repeatable
 * @param compaction how tables are merged
 * @param zeroAheadBytes how far the log writes zeros ahead of itself
 * @param ballastBytes how much of the disk is kept back for when it is full, but no more than its 32nd part; enough for
 *     the tables that are due then, or not even deletes find room for long
 */
public record StoreOptions(
        int memtableBytes,
        int frozenMemtablesMax,
        long queuedBytesMax,
        int groupBytesMax,
        int valueBytesMax,
        int blockBytes,
        long blockCacheBytes,
        CompactionOptions compaction,
        int zeroAheadBytes,
        long ballastBytes) {
    public static final StoreOptions DEFAULTS = new StoreOptions(
            64 << 20, 2, 32 << 20, 1 << 20, 1 << 20, 16 << 10, 32 << 20, CompactionOptions.DEFAULTS, 1 << 20, 64 << 20);

    public StoreOptions {
        requireAtLeast(1, memtableBytes, "memtableBytes");
        requireAtLeast(1, frozenMemtablesMax, "frozenMemtablesMax");
        requireAtLeast(1, queuedBytesMax, "queuedBytesMax");
        requireAtLeast(1, groupBytesMax, "groupBytesMax");
        requireAtLeast(0, valueBytesMax, "valueBytesMax");
        requireAtLeast(1, blockBytes, "blockBytes");
        requireAtLeast(0, blockCacheBytes, "blockCacheBytes");
        requireAtLeast(0, zeroAheadBytes, "zeroAheadBytes");
        requireAtLeast(0, ballastBytes, "ballastBytes");
    }

    private static void requireAtLeast(long min, long actual, String name) {
        if (actual < min) {
            throw new IllegalArgumentException(name + " is " + actual + ", it must be at least " + min);
        }
    }

    public StoreOptions withMemtableBytes(int bytes) {
        return new StoreOptions(
                bytes,
                frozenMemtablesMax,
                queuedBytesMax,
                groupBytesMax,
                valueBytesMax,
                blockBytes,
                blockCacheBytes,
                compaction,
                zeroAheadBytes,
                ballastBytes);
    }

    public StoreOptions withValueBytesMax(int bytes) {
        return new StoreOptions(
                memtableBytes,
                frozenMemtablesMax,
                queuedBytesMax,
                groupBytesMax,
                bytes,
                blockBytes,
                blockCacheBytes,
                compaction,
                zeroAheadBytes,
                ballastBytes);
    }

    public StoreOptions withBlockCacheBytes(long bytes) {
        return new StoreOptions(
                memtableBytes,
                frozenMemtablesMax,
                queuedBytesMax,
                groupBytesMax,
                valueBytesMax,
                blockBytes,
                bytes,
                compaction,
                zeroAheadBytes,
                ballastBytes);
    }

    public StoreOptions withCompaction(CompactionOptions how) {
        return new StoreOptions(
                memtableBytes,
                frozenMemtablesMax,
                queuedBytesMax,
                groupBytesMax,
                valueBytesMax,
                blockBytes,
                blockCacheBytes,
                how,
                zeroAheadBytes,
                ballastBytes);
    }

    public StoreOptions withBallastBytes(long bytes) {
        return new StoreOptions(
                memtableBytes,
                frozenMemtablesMax,
                queuedBytesMax,
                groupBytesMax,
                valueBytesMax,
                blockBytes,
                blockCacheBytes,
                compaction,
                zeroAheadBytes,
                bytes);
    }
}
