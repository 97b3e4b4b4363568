package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Version;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Evidence.ReplicaSummary;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.round.Exchange;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Collectors;

/** The one place where an outcome without a result becomes a status and a problem. */
public final class OutcomeStatus {
    private OutcomeStatus() {}

    public static void send(HttpServerResponse response, Outcome.Refused refused) {
        send(response, refused, false);
    }

    /** @param repeatable whether the request has an idempotency key */
    public static void send(HttpServerResponse response, Outcome.Refused refused, boolean repeatable) {
        if (refused.reason() != Outcome.RefusalReason.KEY_REUSED) {
            response.putHeader("Retry-After", "1");
        }
        sendProblem(response, refused, repeatable);
    }

    public static void send(HttpServerResponse response, Outcome.Unknown unknown, boolean repeatable) {
        sendProblem(response, unknown, repeatable);
    }

    private static void sendProblem(HttpServerResponse response, Outcome outcome, boolean repeatable) {
        ObjectNode problem = problem(outcome, repeatable);
        response.putHeader(EvidenceText.HEADER, EvidenceText.of(outcome.evidence()));
        Problem.send(response, problem.get("status").intValue(), problem);
    }

    /** What an outcome without a result tells the client; its {@code status} is that of the answer. */
    public static ObjectNode problem(Outcome outcome, boolean repeatable) {
        ObjectNode problem;
        if (outcome instanceof Outcome.Refused refused) {
            problem = problem(refused);
            if (repeatable) {
                limitToThisAttempt(problem, refused.reason());
            }
        } else if (outcome instanceof Outcome.Unknown unknown) {
            problem = problem(unknown, repeatable);
        } else if (outcome instanceof Outcome.ConditionFailed failed) {
            problem = problem(failed);
        } else {
            throw new AssertionError("an outcome that this request cannot have: " + outcome);
        }
        EvidenceJson.addStandings(problem, outcome.evidence());
        return problem;
    }

    /** An earlier attempt under the same idempotency key may have done what this one did not. */
    private static void limitToThisAttempt(ObjectNode problem, Outcome.RefusalReason reason) {
        switch (reason) {
            case KEY_REUSED -> problem.remove("retry");
            case CONTENTION -> problem.put("retry", Problem.SAME_KEY);
            case NO_QUORUM, OVERLOADED, DISK_FULL -> {
                String detail = problem.get("detail").textValue();
                problem.put("detail", detail + "; that is said of this attempt, not of those before it");
                problem.put("retry", Problem.SAME_KEY);
            }
        }
    }

    private static ObjectNode problem(Outcome.Refused refused) {
        int status =
                switch (refused.reason()) {
                    case NO_QUORUM -> 503;
                    case OVERLOADED -> 429;
                    case CONTENTION -> 409;
                    case DISK_FULL -> 507;
                    case KEY_REUSED -> 422;
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
                    case KEY_REUSED ->
                        "the Idempotency-Key was used on this key for another request: of another method, body,"
                                + " Content-Type, ttl or condition; nothing was applied, use a new one";
                };
        return Problem.of(status, detail, Problem.AppliedState.NONE);
    }

    /** The caller has put the current version into the ETag. */
    public static void send(HttpServerResponse response, Outcome.ConditionFailed failed) {
        sendProblem(response, failed, false);
    }

    private static ObjectNode problem(Outcome.ConditionFailed failed) {
        String detail = failed.version().equals(Version.ZERO)
                ? "the condition does not hold: the key was never written; nothing was applied"
                : "the condition does not hold: the key is at version " + failed.version() + "; nothing was applied";
        return Problem.of(412, detail, Problem.AppliedState.NONE);
    }

    private static ObjectNode problem(Outcome.Unknown unknown, boolean repeatable) {
        String detail = unknown.overtaken()
                ? overtaken(unknown.evidence(), repeatable)
                : unacknowledged(unknown.evidence(), repeatable);
        ObjectNode problem = Problem.of(504, detail, Problem.AppliedState.UNKNOWN);
        return repeatable ? problem.put("retry", Problem.SAME_KEY) : problem;
    }

    private static String unacknowledged(Evidence evidence, boolean repeatable) {
        return "the write was sent, and " + evidence.acked().size() + " of the " + evidence.required()
                + " replicas needed acknowledged it in time; missing: " + missing(evidence)
                + ". It may have been applied, or may still be; "
                + (repeatable ? "send it again with the same Idempotency-Key" : "read the key")
                + " to find out";
    }

    private static String overtaken(Evidence evidence, boolean repeatable) {
        return "the write was sent, and another write came in between. It was applied before that one, or never will"
                + " be, and the replicas that answered cannot tell which; missing: " + missing(evidence) + ". "
                + (repeatable
                        ? "Send it again with the same Idempotency-Key to find out once those answer"
                        : "Read the key to see what it holds now");
    }

    private static String noQuorum(Evidence evidence) {
        return evidence.required() + " of " + evidence.replicas()
                + " replicas are needed, and too few answered; missing: " + missing(evidence) + ". Nothing was applied";
    }

    private static String missing(Evidence evidence) {
        String missing = evidence.replicaSummaries().stream()
                .filter(standing -> !answered(standing))
                .map(standing -> standing.replica().name())
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "none" : missing;
    }

    private static boolean answered(ReplicaSummary standing) {
        return standing.lastExchange().flatMap(Exchange::reply).isPresent()
                || standing.lastExchange().isEmpty() && standing.reachability().isReachable();
    }
}
