package io.quorate.benchmark.store;

import io.quorate.node.lsm.options.StoreOptions;

/**
 * How much memory the engines get.
 *
 * @param heapMb of each JVM. An engine whose cache lies on the heap gets more if the cache is larger than the default
 * @param cachePercent the cache of blocks as a part of the data, keys and values. 0 means the default size for any data
 */
record MemoryBudget(int heapMb, double cachePercent) {
    /** Twice the bytes of the data, as blocks hold more than keys and values. */
    private static final int WHOLE_CACHE_RATIO = 2;

    /** A part of the heap is for new objects, and the cache has to fit into the rest. */
    private static final int HEAP_CACHE_RATIO = 2;

    /** As a node divides its heap. */
    private static final int HEAP_FILTER_RATIO = 4;

    MemorySizes sizes(EngineKind engine, Case which, Dataset dataset) {
        long cacheBytes = cacheBytes(which, dataset);
        boolean isLarge = cacheBytes > StoreOptions.DEFAULTS.blocks().cacheBytes();
        int heap = engine.hasCacheOnHeap() && isLarge ? heapMb + (int) (HEAP_CACHE_RATIO * cacheBytes >> 20) : heapMb;
        return new MemorySizes(
                heap, cacheBytes, cachePercent > 0 ? ((long) heap << 20) / HEAP_FILTER_RATIO : Long.MAX_VALUE);
    }

    private long cacheBytes(Case which, Dataset dataset) {
        if (which.isCached()) {
            return WHOLE_CACHE_RATIO * dataset.bytes();
        }
        return cachePercent > 0
                ? (long) (dataset.bytes() / 100.0 * cachePercent)
                : StoreOptions.DEFAULTS.blocks().cacheBytes();
    }
}
