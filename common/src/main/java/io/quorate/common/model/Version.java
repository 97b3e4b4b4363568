package io.quorate.common.model;

/**
 * The place of a write in the total order of all writes to a key: a <em>carstamp</em> (Burke, Cheng, Lloyd: "Gryff:
 * Unifying Consensus and Shared Registers", NSDI '20, section 3). Versions are compared field by field.
 *
 * @param timestamp hybrid logical time, see {@code HybridClock}; unsigned
 * @param session 64 random bits that each coordinator draws at each start; unsigned. So no two coordinators mint the
 *     same version, and neither does one that restarts
 * @param counter counts the writes of that session; unsigned
 * @param step 0 for a plain write; unsigned. A conditional write on version {@code c} makes {@code c} with {@code step
 *     + 1}, so no plain write can sort between it and the version that it replaces
 */
public record Version(long timestamp, long session, long counter, long step) implements Comparable<Version> {
    /** The version of a register that was never written. Less than every minted version. */
    public static final Version ZERO = new Version(0, 0, 0, 0);

    @Override
    public int compareTo(Version other) {
        int order = Long.compareUnsigned(timestamp, other.timestamp);
        if (order == 0) {
            order = Long.compareUnsigned(session, other.session);
        }
        if (order == 0) {
            order = Long.compareUnsigned(counter, other.counter);
        }
        return order == 0 ? Long.compareUnsigned(step, other.step) : order;
    }

    /**
     * The highest version of an instant: above every version that was minted at that time or before, as no session is
     * {@code ~0}. Of no instant, which is 0, it is {@link #ZERO}.
     */
    public static Version ofInstant(long timestamp) {
        return timestamp == 0 ? ZERO : new Version(timestamp, ~0L, 0, 0);
    }

    public boolean isAfter(Version other) {
        return compareTo(other) > 0;
    }

    /** The version of a conditional write that replaces this one. No plain write has a version between the two. */
    public Version nextStep() {
        return new Version(timestamp, session, counter, Math.addExact(step, 1));
    }

    public static Version max(Version a, Version b) {
        return a.isAfter(b) ? a : b;
    }

    /** The form that an {@code ETag} carries: the four fields in hexadecimal, joined by dots. */
    @Override
    public String toString() {
        return Long.toHexString(timestamp)
                + '.'
                + Long.toHexString(session)
                + '.'
                + Long.toHexString(counter)
                + '.'
                + Long.toHexString(step);
    }

    /**
     * The inverse of {@link #toString}.
     *
     * @throws IllegalArgumentException if {@code text} does not have that form
     */
    public static Version parse(String text) {
        String[] fields = text.split("\\.", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException("not a version: '" + text + "'; it has four hexadecimal fields");
        }
        return new Version(
                Long.parseUnsignedLong(fields[0], 16),
                Long.parseUnsignedLong(fields[1], 16),
                Long.parseUnsignedLong(fields[2], 16),
                Long.parseUnsignedLong(fields[3], 16));
    }
}
