package io.quorate.coordinator.operation;

import java.util.Locale;

/** How an operation ended, in one word: what outcomes are counted by. */
public enum OutcomeKind {
    OK,
    CONDITION_FAILED,
    NO_QUORUM,
    OVERLOADED,
    NO_MEMORY,
    TOO_LARGE,
    CONTENTION,
    DISK_FULL,
    FENCED,
    KEY_REUSED,
    /** An exception of Quorate ended it before anything was applied. */
    DEFECT,
    /** It was sent, and may have been applied or not. */
    UNKNOWN;

    private static final Outcome.Cases<OutcomeKind> KINDS = new Outcome.Cases<>() {
        @Override
        public OutcomeKind read(Outcome.Read read) {
            return OK;
        }

        @Override
        public OutcomeKind applied(Outcome.Applied applied) {
            return OK;
        }

        @Override
        public OutcomeKind conditionFailed(Outcome.ConditionFailed failed) {
            return CONDITION_FAILED;
        }

        @Override
        public OutcomeKind requestStatus(Outcome.RequestStatus status) {
            return OK;
        }

        @Override
        public OutcomeKind scanned(Outcome.Scanned page) {
            return OK;
        }

        @Override
        public OutcomeKind surveyed(Outcome.Surveyed survey) {
            return OK;
        }

        @Override
        public OutcomeKind refused(Outcome.Refused refused) {
            return of(refused.reason());
        }

        @Override
        public OutcomeKind unknown(Outcome.Unknown unknown) {
            return UNKNOWN;
        }
    };

    public static OutcomeKind of(Outcome outcome) {
        return outcome.match(KINDS);
    }

    private static OutcomeKind of(Outcome.RefusalReason reason) {
        return switch (reason) {
            case NO_QUORUM -> NO_QUORUM;
            case OVERLOADED -> OVERLOADED;
            case NO_MEMORY -> NO_MEMORY;
            case TOO_LARGE -> TOO_LARGE;
            case CONTENTION -> CONTENTION;
            case DISK_FULL -> DISK_FULL;
            case FENCED -> FENCED;
            case KEY_REUSED -> KEY_REUSED;
            case DEFECT -> DEFECT;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
