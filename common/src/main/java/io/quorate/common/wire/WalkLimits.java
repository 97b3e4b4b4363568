package io.quorate.common.wire;

/**
 * Where a replica may stop in a walk over registers for a digest: at the first limit that it reaches. It never stops
 * before its first entry, so every digest is a step forward.
 *
 * @param bytesMax of keys and values
 */
public record WalkLimits(int entriesMax, int bytesMax) {
    public static final int ENTRIES_MAX = 1 << 14;
    public static final int BYTES_MAX = 16 << 20;

    /** @throws IllegalArgumentException if a limit is not positive or above its bound */
    public WalkLimits {
        if (entriesMax < 1 || entriesMax > ENTRIES_MAX) {
            throw new IllegalArgumentException(entriesMax + " entries, allowed is 1 to " + ENTRIES_MAX);
        }
        if (bytesMax < 1 || bytesMax > BYTES_MAX) {
            throw new IllegalArgumentException(bytesMax + " bytes, allowed is 1 to " + BYTES_MAX);
        }
    }

    /** Limits so much wider. */
    public WalkLimits times(int factor) {
        return new WalkLimits((int) Math.min(ENTRIES_MAX, (long) entriesMax * factor), (int)
                Math.min(BYTES_MAX, (long) bytesMax * factor));
    }
}
