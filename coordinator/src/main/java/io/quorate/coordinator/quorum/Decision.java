package io.quorate.coordinator.quorum;

/** What follows from the answers so far. Once it is not {@link #PENDING}, it never changes. */
public enum Decision {
    PENDING,
    /** Enough replicas said yes. */
    REACHED,
    /** So many replicas said no that enough can no longer say yes. */
    MISSED
}
