package io.quorate.coordinator.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller asks of one read or write; {@code protocol.md}'s table "Levels". */
public enum ConsistencyLevel {
    /** The register is atomic: every operation takes effect at one instant between its call and its answer. */
    LINEARIZABLE,
    /** A majority answers; a read does not write back, so two readers may see a write in progress come and go. */
    QUORUM,
    /** One replica answers, whatever it holds: fast, and possibly stale or lost. */
    ONE,
    /** As linearizable, and every replica answers: one lost node fails it. */
    ALL;

    /** The level of this name, in any case. */
    public static Optional<ConsistencyLevel> named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name as it stands in a URL. */
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
