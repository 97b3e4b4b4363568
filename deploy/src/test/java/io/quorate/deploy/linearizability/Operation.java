package io.quorate.deploy.linearizability;

import java.util.Locale;
import java.util.Optional;

/**
 * What one client did to one key, as that client saw it.
 *
 * @param process the client; it has one operation at a time
 * @param value what a put wrote or a get returned; empty for a delete and for a get that found nothing
 * @param startNs when the request was about to be sent, by a clock that all clients share
 * @param endNs when the answer was there
 */
public record Operation(
        int process, Kind kind, String key, Optional<String> value, long startNs, long endNs, Outcome outcome) {

    public enum Kind {
        PUT,
        DELETE,
        GET;

        boolean isWrite() {
            return this != GET;
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

    boolean mayHaveHappened() {
        return outcome == Outcome.OK || (outcome == Outcome.UNKNOWN && kind.isWrite());
    }

    @Override
    public String toString() {
        return String.format(
                "%-6s %-10s by %-3d from %d to %s",
                kind.name().toLowerCase(Locale.ROOT),
                kind == Kind.DELETE ? "" : value.map(text -> "'" + text + "'").orElse("(absent)"),
                process,
                startNs,
                outcome == Outcome.UNKNOWN ? "unknown" : Long.toString(endNs));
    }
}
