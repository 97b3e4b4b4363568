package io.quorate.coordinator.operation;

import java.util.Locale;

/** What a round of an operation is for; {@code protocol.md}'s messages. */
public enum Phase {
    QUERY,
    STORE,
    PREPARE,
    ACCEPT,
    CONCLUDE,
    RECALL,
    SCAN,
    SURVEY;

    /** The word for it, for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
