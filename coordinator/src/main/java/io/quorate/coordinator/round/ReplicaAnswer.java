package io.quorate.coordinator.round;

import java.util.Locale;

/** What came of one replica in an operation, by the time somebody looks. */
public enum ReplicaAnswer {
    OK,
    /** It answered, and did not do or show what it was asked for. */
    REJECTED,
    /** It was asked and has not answered. */
    PENDING,
    /** The connection broke after it was asked. */
    LOST,
    /** It could not be asked. */
    UNREACHABLE,
    /** Others were enough. */
    NOT_ASKED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
