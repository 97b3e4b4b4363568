package io.quorate.common.model;

/**
 * The number of one attempt at a key's consensus (Lamport, "Paxos Made Simple", section 2.2). It is unique, since a
 * coordinator mints it as it mints a {@link Version}. Ballots are ordered field by field.
 *
 * @param timestamp hybrid logical time; unsigned
 * @param session 64 random bits that the coordinator drew at its start; unsigned
 * @param counter counts the ballots and versions of that session; unsigned
 */
public record Ballot(long timestamp, long session, long counter) implements Comparable<Ballot> {
    /** Less than every minted ballot. A replica has promised it before its first promise. */
    public static final Ballot ZERO = new Ballot(0, 0, 0);

    @Override
    public int compareTo(Ballot other) {
        int order = Long.compareUnsigned(timestamp, other.timestamp);
        if (order == 0) {
            order = Long.compareUnsigned(session, other.session);
        }
        return order == 0 ? Long.compareUnsigned(counter, other.counter) : order;
    }

    public boolean isAfter(Ballot other) {
        return compareTo(other) > 0;
    }

    public static Ballot max(Ballot a, Ballot b) {
        return a.isAfter(b) ? a : b;
    }
}
