package io.quorate.coordinator.api.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a grant allows. No role contains another one, except that {@link #ADMIN} contains all. */
public enum AccessRole {
    /** Values, versions, scans, copies of a key, and what became of a write. */
    READ,
    /** Puts and deletes. Their answers show nothing of the value before. */
    WRITE,
    /** The cluster and its members, metrics, convergence, events, slow requests and faults. No keys. */
    OBSERVE,
    /** Checkpoints, passes in a hurry, and faults. */
    OPERATE,
    /** Everything, with all keys. */
    ADMIN;

    /** As a grant spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the role is about keys, so that a grant of it may be limited to a prefix. */
    public boolean isAboutKeys() {
        return this == READ || this == WRITE;
    }

    public static Optional<AccessRole> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
