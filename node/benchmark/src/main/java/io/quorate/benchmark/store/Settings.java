package io.quorate.benchmark.store;

import io.quorate.node.lsm.options.StoreOptions;

/**
 * The task of a child process.
 *
 * @param directory the data of this engine and size
 * @param seconds how long the cases with a closed loop are measured
 * @param warmupSeconds how long the same work is done before anything is measured
 * @param restMs how long the process must have been idle to count as at rest. 0 does not wait
 */
record Settings(
        EngineKind engine,
        Case which,
        String directory,
        int keys,
        int valueBytes,
        double seconds,
        double warmupSeconds,
        int restMs,
        long seed) {
    /** Twice the bytes of the data, as blocks hold more than keys and values. */
    private static final int LARGE_CACHE_RATIO = 2;

    long dataBytes() {
        return (long) keys * (KeySpace.KEY_BYTES + valueBytes);
    }

    long cacheBytes() {
        return which.isCached()
                ? LARGE_CACHE_RATIO * dataBytes()
                : StoreOptions.DEFAULTS.blocks().cacheBytes();
    }

    StoreOptions options() {
        return StoreOptions.DEFAULTS.withBlockCacheBytes(cacheBytes());
    }
}
