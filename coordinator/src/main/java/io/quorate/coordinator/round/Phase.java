package io.quorate.coordinator.round;

import java.util.Locale;

/** What a round of messages is for; one for each kind of request that replicas are sent. */
public enum Phase {
    QUERY,
    STORE,
    PREPARE,
    ACCEPT,
    ACCEPT_REFUSAL,
    REQUEST_STATUS,
    SCAN,
    SURVEY;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** As evidence, logs and metrics call it. */
    public String label() {
        return label;
    }
}
