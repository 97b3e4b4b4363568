package io.quorate.coordinator.round;

/**
 * About how large the values are that reads find. A hedge for a large value would send it twice through networks that
 * may be slow for that very reason. Each event loop has one.
 */
public final class ValueSizes {
    /** A value of this size takes the network longer than the usual delay of a replica. */
    static final int LARGE_BYTES = 64 << 10;

    private static final double WEIGHT_OF_NEWEST = 1 / 16.0;

    private double meanBytes;

    void found(int valueBytes) {
        meanBytes += (valueBytes - meanBytes) * WEIGHT_OF_NEWEST;
    }

    /** The mean of the newest values, each newer one with more weight. */
    public int meanBytes() {
        return (int) meanBytes;
    }

    boolean areLarge() {
        return meanBytes >= LARGE_BYTES;
    }
}
