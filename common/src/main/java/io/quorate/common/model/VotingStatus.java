package io.quorate.common.model;

import java.util.Locale;

/** Whether a replica's answers count towards quorums. */
public enum VotingStatus {
    /** They do. */
    VOTING,
    /** It was emptied: it keeps what it is sent, and no longer knows what it once acknowledged. */
    FILLING,
    /** What its disk holds is damaged: it neither shows nor takes anything. */
    DAMAGED;

    /** The name as it stands in an answer. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
