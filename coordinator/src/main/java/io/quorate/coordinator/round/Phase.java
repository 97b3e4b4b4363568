package io.quorate.coordinator.round;

import java.util.Locale;

/** The purpose of a round of messages. Each kind of request to replicas has one phase. */
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
