package io.quorate.coordinator.console;

import io.quorate.coordinator.operation.Outcome;

/** The name of an outcome in the console's JSON: the field {@code outcome} of an ended request, as in openapi.yaml. */
public enum OutcomeName {
    READ("read"),
    APPLIED("applied"),
    CONDITION_FAILED("condition failed"),
    REFUSED("refused"),
    UNKNOWN("unknown"),
    SCANNED("scanned"),
    SURVEYED("surveyed"),
    REQUEST_STATUS("request status");

    private static final Outcome.Cases<OutcomeName> NAMES = new Outcome.Cases<>() {
        @Override
        public OutcomeName read(Outcome.Read read) {
            return READ;
        }

        @Override
        public OutcomeName applied(Outcome.Applied applied) {
            return APPLIED;
        }

        @Override
        public OutcomeName conditionFailed(Outcome.ConditionFailed failed) {
            return CONDITION_FAILED;
        }

        @Override
        public OutcomeName requestStatus(Outcome.RequestStatus status) {
            return REQUEST_STATUS;
        }

        @Override
        public OutcomeName scanned(Outcome.Scanned page) {
            return SCANNED;
        }

        @Override
        public OutcomeName surveyed(Outcome.Surveyed survey) {
            return SURVEYED;
        }

        @Override
        public OutcomeName refused(Outcome.Refused refused) {
            return REFUSED;
        }

        @Override
        public OutcomeName unknown(Outcome.Unknown unknown) {
            return UNKNOWN;
        }
    };

    private final String label;

    OutcomeName(String label) {
        this.label = label;
    }

    static OutcomeName of(Outcome outcome) {
        return outcome.match(NAMES);
    }

    public String label() {
        return label;
    }

    /** A condition that does not hold is an answer, not a failure. */
    boolean isFailure() {
        return switch (this) {
            case REFUSED, UNKNOWN -> true;
            case READ, APPLIED, CONDITION_FAILED, SCANNED, SURVEYED, REQUEST_STATUS -> false;
        };
    }
}
