package io.quorate.benchmark.store;

/**
 * What an engine is filled with.
 *
 * @param seed of the values, and of the order of the keys
 */
record Dataset(int keys, int valueBytes, long seed) {
    long bytes() {
        return (long) keys * (KeySpace.KEY_BYTES + valueBytes);
    }

    /** As many keys as make so many bytes together with their values, at least one. */
    static double keysOf(double bytes, int valueBytes) {
        return Math.max(1, Math.floor(bytes / (KeySpace.KEY_BYTES + valueBytes)));
    }
}
