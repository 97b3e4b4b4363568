package io.quorate.deploy.linearizability;

import java.util.Locale;
import java.util.Optional;

/**
 * One operation of one client on one key, as that client saw it.
 *
 * @param process the client. It has one operation at a time
 * @param condition of a conditional write
 * @param value the value to write or the value that a get returned. Empty for a delete and for a get that found nothing
 * @param expiresMs when the life of the value ends, if it does: an instant of some wall clock, which may be wrong
 * @param version the version that it was written or read at, if the answer has it. For a conditional write that did not
 *     happen, the version that refuted its condition
 * @param startNs when the request was about to be sent, by a clock that all clients share
 * @param endNs when the answer was there
 */
public record Operation(
        int process,
        Kind kind,
        String key,
        Optional<Condition> condition,
        Optional<String> value,
        Optional<Long> expiresMs,
        Optional<String> version,
        long startNs,
        long endNs,
        Outcome outcome) {

    public enum Kind {
        PUT,
        DELETE,
        GET,
        PUT_IF,
        DELETE_IF;

        boolean isWrite() {
            return this != GET;
        }

        public boolean isConditional() {
            return this == PUT_IF || this == DELETE_IF;
        }
    }

    public enum Outcome {
        /** It happened. */
        OK,
        /** It did not happen and never will. */
        FAIL,
        /** It may have happened, may still happen, or may not. */
        UNKNOWN
    }

    public Operation {
        if (kind.isConditional() != condition.isPresent()) {
            throw new IllegalArgumentException(kind + " with the condition " + condition);
        }
    }

    /** An operation without a condition and without a known version. */
    public Operation(
            int process, Kind kind, String key, Optional<String> value, long startNs, long endNs, Outcome outcome) {
        this(process, kind, key, Optional.empty(), value, Optional.empty(), Optional.empty(), startNs, endNs, outcome);
    }

    boolean mayHaveHappened() {
        return outcome == Outcome.OK || (outcome == Outcome.UNKNOWN && kind.isWrite());
    }

    /** Its condition did not hold. That counts as a read. */
    boolean wasRefuted() {
        return outcome == Outcome.FAIL && kind.isConditional() && version.isPresent();
    }

    @Override
    public String toString() {
        return String.format(
                "%-9s %-10s by %-3d from %d to %s%s%s",
                kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                kind == Kind.DELETE || kind == Kind.DELETE_IF
                        ? ""
                        : value.map(text -> "'" + text + "'").orElse("(absent)"),
                process,
                startNs,
                outcome == Outcome.UNKNOWN ? "unknown" : Long.toString(endNs),
                condition.map(required -> " if " + required.text()).orElse(""),
                version.map(told -> (outcome == Outcome.FAIL ? " refused at " : " at ") + told)
                        .orElse(""));
    }
}
