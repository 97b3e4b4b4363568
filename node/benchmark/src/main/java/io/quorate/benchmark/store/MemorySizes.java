package io.quorate.benchmark.store;

import io.quorate.node.lsm.options.StoreOptions;

/**
 * The memory of one engine in one case. Both engines have the default sizes of memtables besides.
 *
 * @param heapMb of the JVM
 * @param filterBytesMax what filters of our tables may take of the heap. {@link Long#MAX_VALUE} means that each table
 *     has its filter in memory, in both engines. With less, RocksDB keeps indexes and filters in its cache of blocks
 */
record MemorySizes(int heapMb, long cacheBytes, long filterBytesMax) {
    /** What the result files know that were written before they had sizes. */
    static final MemorySizes UNKNOWN = new MemorySizes(-1, -1, -1);

    StoreOptions options() {
        return StoreOptions.DEFAULTS.withBlockCacheBytes(cacheBytes).withFilterBytesMax(filterBytesMax);
    }
}
