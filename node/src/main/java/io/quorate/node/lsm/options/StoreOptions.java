package io.quorate.node.lsm.options;

import io.quorate.node.lsm.compaction.CompactionOptions;

/**
 * How a store uses memory and disk. It needs memory for {@link MemtableSizes#countMax} memtables, for the waiting
 * writes, for the block cache and the versions, and for the filter and the top of the index of every table.
 *
 * @param compaction how tables are merged
 * @param versionCacheBytes how much of the heap versions without their records may take
 */
public record StoreOptions(
        MemtableSizes memtables,
        WriteLimits writes,
        BlockSizes blocks,
        CompactionOptions compaction,
        DiskReserve disk,
        long versionCacheBytes) {
    public static final StoreOptions DEFAULTS = new StoreOptions(
            new MemtableSizes(64 << 20, 2),
            new WriteLimits(32 << 20, 1 << 20, 1 << 20),
            new BlockSizes(4 << 10, 32 << 20),
            CompactionOptions.DEFAULTS,
            new DiskReserve(1 << 20, 64 << 20),
            1 << 20);

    /**
     * How much a store keeps in memory before it writes a table.
     *
     * @param bytes the size at which the next memtable begins, of the memtable or of the log segment with the same
     *     writes. Larger memtables mean fewer tables, less rewriting, and a longer start
     * @param frozenMax how many memtables may wait for their flush. Beyond that the log thread waits for a flush
     */
    public record MemtableSizes(int bytes, int frozenMax) {
        public MemtableSizes {
            requireAtLeast(1, bytes, "memtables.bytes");
            requireAtLeast(1, frozenMax, "memtables.frozenMax");
        }

        /** How many are in memory: those, the active one, and one that was flushed but still has readers. */
        public int countMax() {
            return frozenMax + 2;
        }
    }

    /**
     * Bounds on writes.
     *
     * @param queuedBytesMax how much may wait for the log thread. Beyond that the store refuses writes. A longer batch
     *     is taken if at most half of that waits
     * @param groupBytesMax how much the log thread forces at once
     * @param valueBytesMax the longest value
     */
    public record WriteLimits(long queuedBytesMax, int groupBytesMax, int valueBytesMax) {
        public WriteLimits {
            requireAtLeast(1, queuedBytesMax, "writes.queuedBytesMax");
            requireAtLeast(1, groupBytesMax, "writes.groupBytesMax");
            requireAtLeast(0, valueBytesMax, "writes.valueBytesMax");
        }
    }

    /**
     * The blocks of tables.
     *
     * @param blockBytes about how long a block is. A read from disk reads one block
     * @param cacheBytes how much of the heap blocks of tables may take. With 0 none stays in memory
     * @param filterBytesMax how much of the heap filters may take. Those beyond that stay on disk
     */
    public record BlockSizes(int blockBytes, long cacheBytes, long filterBytesMax) {
        public BlockSizes {
            requireAtLeast(1, blockBytes, "blocks.blockBytes");
            requireAtLeast(0, cacheBytes, "blocks.cacheBytes");
            requireAtLeast(0, filterBytesMax, "blocks.filterBytesMax");
        }

        /** Each filter is in memory. */
        public BlockSizes(int blockBytes, long cacheBytes) {
            this(blockBytes, cacheBytes, Long.MAX_VALUE);
        }
    }

    /**
     * Disk space that the store takes before it needs it.
     *
     * @param zeroAheadBytes how far the log writes zeros ahead of itself
     * @param ballastBytes how much is kept back for when the disk is full, at most the 32nd part of the disk. The
     *     tables that are due then must fit into it. Otherwise even deletes soon find no space
     */
    public record DiskReserve(int zeroAheadBytes, long ballastBytes) {
        public DiskReserve {
            requireAtLeast(0, zeroAheadBytes, "disk.zeroAheadBytes");
            requireAtLeast(0, ballastBytes, "disk.ballastBytes");
        }
    }

    private static void requireAtLeast(long min, long actual, String name) {
        if (actual < min) {
            throw new IllegalArgumentException(name + " is " + actual + ", it must be at least " + min);
        }
    }

    public StoreOptions withMemtables(MemtableSizes sizes) {
        return new StoreOptions(sizes, writes, blocks, compaction, disk, versionCacheBytes);
    }

    public StoreOptions withMemtableBytes(int bytes) {
        return withMemtables(new MemtableSizes(bytes, memtables.frozenMax));
    }

    public StoreOptions withValueBytesMax(int bytes) {
        WriteLimits limits = new WriteLimits(writes.queuedBytesMax, writes.groupBytesMax, bytes);
        return new StoreOptions(memtables, limits, blocks, compaction, disk, versionCacheBytes);
    }

    public StoreOptions withBlockCacheBytes(long bytes) {
        BlockSizes sizes = new BlockSizes(blocks.blockBytes, bytes, blocks.filterBytesMax);
        return new StoreOptions(memtables, writes, sizes, compaction, disk, versionCacheBytes);
    }

    public StoreOptions withFilterBytesMax(long bytes) {
        BlockSizes sizes = new BlockSizes(blocks.blockBytes, blocks.cacheBytes, bytes);
        return new StoreOptions(memtables, writes, sizes, compaction, disk, versionCacheBytes);
    }

    public StoreOptions withCompaction(CompactionOptions how) {
        return new StoreOptions(memtables, writes, blocks, how, disk, versionCacheBytes);
    }

    public StoreOptions withZeroAheadBytes(int bytes) {
        return new StoreOptions(
                memtables, writes, blocks, compaction, new DiskReserve(bytes, disk.ballastBytes), versionCacheBytes);
    }

    public StoreOptions withBallastBytes(long bytes) {
        return new StoreOptions(
                memtables, writes, blocks, compaction, new DiskReserve(disk.zeroAheadBytes, bytes), versionCacheBytes);
    }

    public StoreOptions withVersionCacheBytes(long bytes) {
        return new StoreOptions(memtables, writes, blocks, compaction, disk, bytes);
    }
}
