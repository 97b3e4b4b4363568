package io.quorate.common.loop;

/** About how large the values are that some reads find. Used on one event loop only. */
public final class ValueSizes {
    /** A value of this size takes the network longer than the usual delay of a replica. */
    public static final int LARGE_BYTES = 64 << 10;

    private static final double WEIGHT_OF_NEWEST = 1 / 16.0;

    private double meanBytes;
    private boolean any;

    /** @param valueBytes 0 if the key had no value */
    public void found(int valueBytes) {
        meanBytes += (valueBytes - meanBytes) * (any ? WEIGHT_OF_NEWEST : 1);
        any = true;
    }

    /** The mean of the newest values, each newer one with more weight. */
    public int meanBytes() {
        return (int) meanBytes;
    }

    public boolean areLarge() {
        return meanBytes >= LARGE_BYTES;
    }
}
