package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.load.GroupTally;
import java.util.OptionalDouble;

/** The figures about which a scenario can expect something. */
enum Measure {
    /** Good answers a second. */
    GOODPUT("/s") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return OptionalDouble.of(group.goodPerSecond());
        }
    },

    /** The share of good answers among the requests that were due. */
    GOOD_SHARE("") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return group.begun() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) group.good() / group.begun());
        }
    },

    P50(" ms") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return percentile(group, 50);
        }
    },

    P99(" ms") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return percentile(group, 99);
        }
    },

    LONGEST(" ms") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return percentile(group, 100);
        }
    },

    /** Ends other than a good answer and 429. */
    ERRORS("") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return OptionalDouble.of(group.failures().entrySet().stream()
                    .filter(end -> !end.getKey().equals("429"))
                    .mapToLong(java.util.Map.Entry::getValue)
                    .sum());
        }
    },

    /** Ends whose label contains the expectation's {@code ending}. */
    COUNT("") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return OptionalDouble.of(group.failures().entrySet().stream()
                    .filter(end -> end.getKey().contains(label))
                    .mapToLong(java.util.Map.Entry::getValue)
                    .sum());
        }
    },

    /** Seconds from the start of the phase until 99 % of the requests are good. */
    RECOVERY(" s") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return group.timeLine().wellAfterSeconds();
        }
    },

    /** The share of the writes done whose answer reached no client. */
    WORK_FOR_NOBODY("") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return phase.workForNobody();
        }
    },

    /** Seconds from the start of the phase until no replica lacks what others keep for it. */
    IN_STEP(" s") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return phase.inStepAfterS();
        }
    },

    /** Nodes that do not run at the end. */
    NODES_DOWN("") {
        @Override
        OptionalDouble of(PhaseResult phase, GroupTally group, String label) {
            return OptionalDouble.of(phase.nodesDown());
        }
    };

    private final String unit;

    Measure(String unit) {
        this.unit = unit;
    }

    /** The figure, or empty if it is not known. */
    abstract OptionalDouble of(PhaseResult phase, GroupTally group, String label);

    String unit() {
        return unit;
    }

    private static OptionalDouble percentile(GroupTally group, double percentile) {
        return group.good() == 0 ? OptionalDouble.empty() : OptionalDouble.of(group.latencyMs(percentile));
    }
}
