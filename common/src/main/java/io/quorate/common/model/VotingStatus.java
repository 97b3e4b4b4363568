package io.quorate.common.model;

import java.util.Locale;

/** Whether a replica's answers count towards quorums. */
public enum VotingStatus implements Coded {
    /** They do. */
    VOTING(0),
    /** It was emptied: it keeps what it is sent, and no longer knows what it once acknowledged. */
    FILLING(1),
    /** What its disk holds is damaged: it neither shows nor takes anything. */
    DAMAGED(2);

    private final int code;

    VotingStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name as it stands in an answer. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
