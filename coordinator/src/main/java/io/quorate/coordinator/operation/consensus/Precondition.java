package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Version;
import java.util.Set;

/**
 * What must be true of a register for a conditional write to take effect: {@code If-Match} and {@code If-None-Match}.
 */
public sealed interface Precondition {
    /**
     * @param version the register's
     * @param absent whether the register reads as absent: never written, deleted or expired
     */
    boolean holds(Version version, boolean absent);

    /** There is no value. */
    record Absent() implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return absent;
        }
    }

    /** There is a value, whichever. */
    record Present() implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return !absent;
        }
    }

    /** The register's version is one of these. The version of a tombstone counts as well. */
    record AnyOf(Set<Version> versions) implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return versions.contains(version);
        }
    }

    /** The register has another version than these. */
    record NoneOf(Set<Version> versions) implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return !versions.contains(version);
        }
    }

    record Both(Precondition first, Precondition second) implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return first.holds(version, absent) && second.holds(version, absent);
        }
    }
}
