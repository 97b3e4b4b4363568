package io.quorate.common.model;

/**
 * What a replica tells of its forgetting, in a reply that shows a register. The order in which the replica reads these
 * numbers and the register is part of the protocol: see "Forgetting deletes" in {@code protocol.md}.
 *
 * @param age how many rounds of forgetting the replica knew of, read before the register
 * @param laterAge the same, read after the register, if the key is absent. Otherwise 0
 * @param floor the floor of the key's slot, read after the register, if the key is absent. Otherwise 0. For every key
 *     of the slot, all replicas agreed on the newest record up to this instant
 * @param fence the instant up to which the replica takes no record from a writer any more, or 0 if it was not asked
 */
public record Horizon(long age, long laterAge, long floor, long fence) {
    /** Of a replica that never forgot anything. */
    public static final Horizon NONE = new Horizon(0, 0, 0, 0);

    /** Of a reply that shows a register, or a key that no floor covers. */
    public static Horizon ofAge(long age) {
        return age == 0 ? NONE : new Horizon(age, 0, 0, 0);
    }

    public Horizon withFence(long instant) {
        return fence == instant ? this : new Horizon(age, laterAge, floor, instant);
    }

    /** The highest number of a round that it tells. */
    public long highestAge() {
        return Math.max(age, laterAge);
    }

    /**
     * Whether this replica, which shows the key as absent, may have forgotten a record that another reply shows (C4).
     *
     * @param version of that record
     * @param shownUnder the age of the reply that shows it
     */
    public boolean mayHaveForgotten(Version version, long shownUnder) {
        return laterAge > shownUnder && !version.isAfter(Version.ofInstant(floor));
    }
}
