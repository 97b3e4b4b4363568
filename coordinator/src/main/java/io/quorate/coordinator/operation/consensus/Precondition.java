package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Version;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be true of a register for a conditional write to take effect: {@code If-Match} and {@code If-None-Match}.
 */
public sealed interface Precondition {
    /**
     * @param version the register's
     * @param absent whether the register reads as absent: never written, deleted or expired
     */
    boolean holds(Version version, boolean absent);

    /**
     * The same text for equal conditions, and for no others. Fingerprints on disk rest on it, so it must not change.
     */
    String canonicalText();

    /** There is no value. */
    record Absent() implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return absent;
        }

        @Override
        public String canonicalText() {
            return "absent";
        }
    }

    /** There is a value, whichever. */
    record Present() implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return !absent;
        }

        @Override
        public String canonicalText() {
            return "present";
        }
    }

    /** The register's version is one of these. The version of a tombstone counts as well. */
    record AnyOf(Set<Version> versions) implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return versions.contains(version);
        }

        @Override
        public String canonicalText() {
            return "any of " + sorted(versions);
        }
    }

    /** The register has another version than these. */
    record NoneOf(Set<Version> versions) implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return !versions.contains(version);
        }

        @Override
        public String canonicalText() {
            return "none of " + sorted(versions);
        }
    }

    record Both(Precondition first, Precondition second) implements Precondition {
        @Override
        public boolean holds(Version version, boolean absent) {
            return first.holds(version, absent) && second.holds(version, absent);
        }

        @Override
        public String canonicalText() {
            return "both (" + first.canonicalText() + ") and (" + second.canonicalText() + ")";
        }
    }

    private static String sorted(Set<Version> versions) {
        return versions.stream().map(Version::toString).sorted().collect(Collectors.joining(" "));
    }
}
