package io.quorate.common.model;

import java.util.Locale;

/** Whether a replica's answers count towards quorums. */
public enum VotingStatus implements Coded {
    /** They count. */
    VOTING(0),
    /** The replica was emptied. It stores new records, but no longer knows all that it once acknowledged. */
    FILLING(1),
    /** The data on its disk is damaged. It neither shows nor takes records. */
    DAMAGED(2);

    private final int code;

    VotingStatus(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
