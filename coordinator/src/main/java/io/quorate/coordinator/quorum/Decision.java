package io.quorate.coordinator.quorum;

/** What the answers so far amount to. Once it is not {@link #PENDING} it never changes. */
public enum Decision {
    PENDING,
    /** Enough replicas said yes. */
    REACHED,
    /** So many said no that enough can no longer say yes. */
    MISSED
}
