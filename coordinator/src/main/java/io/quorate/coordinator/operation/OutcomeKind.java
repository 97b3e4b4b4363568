package io.quorate.coordinator.operation;

import java.util.Locale;

/** How an operation ended, in one word: what outcomes are counted by. */
public enum OutcomeKind {
    OK,
    CONDITION_FAILED,
    NO_QUORUM,
    OVERLOADED,
    CONTENTION,
    DISK_FULL,
    KEY_REUSED,
    /** It was sent, and may have been applied or not. */
    UNKNOWN;

    public static OutcomeKind of(Outcome outcome) {
        if (outcome instanceof Outcome.ConditionFailed) {
            return CONDITION_FAILED;
        }
        if (outcome instanceof Outcome.Unknown) {
            return UNKNOWN;
        }
        return outcome instanceof Outcome.Refused refused ? of(refused.reason()) : OK;
    }

    private static OutcomeKind of(Outcome.RefusalReason reason) {
        return switch (reason) {
            case NO_QUORUM -> NO_QUORUM;
            case OVERLOADED -> OVERLOADED;
            case CONTENTION -> CONTENTION;
            case DISK_FULL -> DISK_FULL;
            case KEY_REUSED -> KEY_REUSED;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
