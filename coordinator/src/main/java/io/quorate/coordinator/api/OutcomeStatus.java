package io.quorate.coordinator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Evidence.Standing;
import io.quorate.coordinator.operation.Exchange;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Collectors;

/** The one place where an outcome without a result becomes a status and a problem. */
final class OutcomeStatus {
    private OutcomeStatus() {}

    static void send(HttpServerResponse response, Outcome.Refused refused) {
        int status =
                switch (refused.reason()) {
                    case NO_QUORUM -> 503;
                    case OVERLOADED -> 429;
                    case CONTENTION -> 409;
                    case DISK_FULL -> 507;
                };
        String detail =
                switch (refused.reason()) {
                    case NO_QUORUM -> noQuorum(refused.evidence());
                    case OVERLOADED ->
                        "this coordinator, or too many replicas, have too much in flight; nothing was applied";
                    case CONTENTION ->
                        "other conditional writes on this key kept coming in between; nothing was applied,"
                                + " try again";
                    case DISK_FULL -> "the disks of too many replicas are full; nothing was applied";
                };
        response.putHeader("Retry-After", "1");
        send(response, status, Problem.of(status, detail, Problem.Applied.NONE), refused.evidence());
    }

    /** The caller has put the current version into the ETag. */
    static void send(HttpServerResponse response, Outcome.ConditionFailed failed) {
        String detail = failed.version().equals(Version.ZERO)
                ? "the condition does not hold: the key was never written; nothing was applied"
                : "the condition does not hold: the key is at version " + failed.version() + "; nothing was applied";
        send(response, 412, Problem.of(412, detail, Problem.Applied.NONE), failed.evidence());
    }

    static void send(HttpServerResponse response, Outcome.Unknown unknown) {
        Evidence evidence = unknown.evidence();
        String detail = "the write was sent, and " + evidence.acked().size() + " of the " + evidence.required()
                + " replicas needed acknowledged it in time; missing: " + missing(evidence)
                + ". It may have been applied, or may still be; read the key to find out";
        send(response, 504, Problem.of(504, detail, Problem.Applied.UNKNOWN), evidence);
    }

    private static void send(HttpServerResponse response, int status, ObjectNode body, Evidence evidence) {
        EvidenceJson.addStandings(body, evidence);
        response.putHeader(EvidenceText.HEADER, EvidenceText.of(evidence));
        Problem.send(response, status, body);
    }

    private static String noQuorum(Evidence evidence) {
        return evidence.required() + " of " + evidence.replicas()
                + " replicas are needed, and too few answered; missing: " + missing(evidence) + ". Nothing was applied";
    }

    private static String missing(Evidence evidence) {
        String missing = evidence.standings().stream()
                .filter(standing -> !answered(standing))
                .map(standing -> standing.replica().name())
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "none" : missing;
    }

    private static boolean answered(Standing standing) {
        return standing.lastExchange().flatMap(Exchange::reply).isPresent()
                || standing.lastExchange().isEmpty() && standing.reachability().isReachable();
    }
}
