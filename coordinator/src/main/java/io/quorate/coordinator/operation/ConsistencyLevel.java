package io.quorate.coordinator.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The promise that a caller asks for in one read, write or scan. {@code protocol.md} has the table of levels. */
public enum ConsistencyLevel {
    /** The register is atomic: every operation takes effect at one instant between its call and its answer. */
    LINEARIZABLE,
    /** A majority answers. A read does not write back, so two readers may see a write in progress come and go. */
    QUORUM,
    /** One replica answers with its own copy. This is fast. A read may be stale, and a write may be lost. */
    ONE,
    /** As linearizable, and every replica answers: one lost node fails it. */
    ALL;

    /** The level of this name, in any case. */
    public static Optional<ConsistencyLevel> named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name in a URL. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    int required(int replicas, int majority) {
        return switch (this) {
            case LINEARIZABLE, QUORUM -> majority;
            case ONE -> 1;
            case ALL -> replicas;
        };
    }
}
