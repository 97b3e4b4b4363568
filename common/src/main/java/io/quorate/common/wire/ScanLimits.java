package io.quorate.common.wire;

/**
 * Where a replica may stop in a scan: at the first limit that it reaches. It never stops before its first entry, so
 * every reply is a step forward.
 *
 * @param valuesMax entries that are no tombstones
 * @param visitsMax entries of any kind. This bounds the work in a range full of tombstones
 * @param bytesMax encoded bytes of all entries. One entry alone may have more
 */
public record ScanLimits(int valuesMax, int visitsMax, int bytesMax) {
    public static final int VALUES_MAX = 1_000;
    public static final int VISITS_MAX = 4_096;
    /** Small enough that a page delays nothing else on an event loop by more than a few milliseconds. */
    public static final int BYTES_MAX = 256 << 10;

    /** @throws IllegalArgumentException if a limit is not positive or above its bound */
    public ScanLimits {
        if (valuesMax < 1 || valuesMax > VALUES_MAX) {
            throw new IllegalArgumentException(valuesMax + " values, allowed is 1 to " + VALUES_MAX);
        }
        if (visitsMax < 1 || visitsMax > VISITS_MAX) {
            throw new IllegalArgumentException(visitsMax + " visits, allowed is 1 to " + VISITS_MAX);
        }
        if (bytesMax < 1 || bytesMax > BYTES_MAX) {
            throw new IllegalArgumentException(bytesMax + " bytes, allowed is 1 to " + BYTES_MAX);
        }
    }

    /** So many values. Visits and bytes have their greatest limits. */
    public static ScanLimits ofValues(int valuesMax) {
        return new ScanLimits(valuesMax, VISITS_MAX, BYTES_MAX);
    }
}
