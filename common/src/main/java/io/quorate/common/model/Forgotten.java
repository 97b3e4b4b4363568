package io.quorate.common.model;

/**
 * "Deleted, and no replica needs to know it any more." A tombstone that was forgotten in a round of forgetting has this
 * content and the version that it had. Its replica still needs it: older records of the key may lie in other files of
 * its store. A merge drops it as soon as there is none. So it is the store's one way to erase an entry.
 *
 * <p>For a reader it is a tombstone. Of two records of one version the forgotten one wins, and of two forgotten ones
 * the later round ({@link Record#replaces}). It exists on disk only: no message carries it.
 *
 * @param round the round in which it was forgotten, or {@link #NO_ROUND}
 */
public record Forgotten(long round) implements Content {
    /** For an entry that no other replica has, so that one replica may erase it by itself. */
    public static final long NO_ROUND = 0;

    /** Below all rounds. */
    static final long NOT_FORGOTTEN = -1;

    public Forgotten {
        if (round < 0) {
            throw new IllegalArgumentException("round " + round + " of forgetting");
        }
    }

    @Override
    public boolean isTombstone() {
        return true;
    }

    /** The round of forgotten content, or {@link #NOT_FORGOTTEN}. */
    static long roundOf(Content content) {
        return content instanceof Forgotten forgotten ? forgotten.round : NOT_FORGOTTEN;
    }
}
