package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Version;
import io.quorate.common.text.ConstantText;
import io.quorate.common.wire.MemoryRejection;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Evidence.ReplicaSummary;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.round.Exchange;
import java.util.Optional;
import java.util.stream.Collectors;

/** The problem that answers an outcome without a result: what failed, and what the client may conclude and do. */
public final class OutcomeProblem extends Outcome.ExpectedCases<ObjectNode> {
    private static final OutcomeProblem ONCE = new OutcomeProblem(false);
    private static final OutcomeProblem REPEATABLE = new OutcomeProblem(true);

    private final boolean hasIdempotencyKey;

    private OutcomeProblem(boolean hasIdempotencyKey) {
        this.hasIdempotencyKey = hasIdempotencyKey;
    }

    /**
     * @param hasIdempotencyKey whether the request has one, so that its client may send it again without a second
     *     effect
     */
    public static ObjectNode of(Outcome outcome, boolean hasIdempotencyKey) {
        ObjectNode problem = outcome.match(hasIdempotencyKey ? REPEATABLE : ONCE);
        EvidenceJson.putReplicaSummaries(problem, outcome.evidence());
        return problem;
    }

    @Override
    public ObjectNode conditionFailed(Outcome.ConditionFailed failed) {
        String found = failed.version().equals(Version.ZERO)
                ? "the key was never written"
                : "the key is at version " + failed.version();
        return problem(failed, "the condition does not hold: " + found + ". Nothing was applied", Problem.Effect.NONE);
    }

    @Override
    public ObjectNode refused(Outcome.Refused refused) {
        ObjectNode problem = problem(refused, detail(refused) + earlierAttempts(refused), Problem.Effect.NONE);
        if (endsTheSameAgain(refused.reason())) {
            problem.remove("retry");
        } else if (hasIdempotencyKey) {
            problem.put("retry", Problem.SAME_KEY);
        }
        return problem;
    }

    private static boolean endsTheSameAgain(Outcome.RefusalReason reason) {
        return switch (reason) {
            case KEY_REUSED, TOO_LARGE -> true;
            case CONTENTION, NO_QUORUM, OVERLOADED, NO_MEMORY, DISK_FULL, FENCED, DEFECT -> false;
        };
    }

    /** An earlier attempt under the same idempotency key may have done what this one did not. */
    private String earlierAttempts(Outcome.Refused refused) {
        boolean isOfThisAttempt = hasIdempotencyKey && refused.reason() != Outcome.RefusalReason.KEY_REUSED;
        return isOfThisAttempt ? " by this attempt; earlier attempts may have been applied" : "";
    }

    private static ObjectNode problem(Outcome outcome, String detail, Problem.Effect effect) {
        return Problem.of(OutcomeStatus.of(outcome), detail, effect);
    }

    private static String detail(Outcome.Refused refused) {
        return switch (refused.reason()) {
            case NO_QUORUM -> noQuorum(refused.evidence());
            case OVERLOADED ->
                "this coordinator, or too many replicas, have too many requests in flight. Nothing was applied";
            case NO_MEMORY ->
                "requests hold as much memory as they may, at this coordinator or at too many replicas. Nothing was"
                        + " applied";
            case TOO_LARGE -> tooLarge(refused.evidence());
            case CONTENTION ->
                "other conditional writes on the key kept coming in between. Try again. Nothing was applied";
            case DISK_FULL -> "the disks of too many replicas are full. Nothing was applied";
            case FENCED ->
                "this write seems older than deletes that the replicas have forgotten: the clock of "
                        + refused.evidence().coordinator()
                        + " is far behind theirs, or the write was on its way for long. Try again. Nothing was applied";
            case KEY_REUSED ->
                "the Idempotency-Key was used on this key for another request: of another method, body,"
                        + " Content-Type, ttl or condition. Nothing was applied; use a new one";
            case DEFECT ->
                "this operation failed by a defect of Quorate; the log of "
                        + refused.evidence().coordinator() + " has more. Nothing was applied";
        };
    }

    @Override
    public ObjectNode unknown(Outcome.Unknown unknown) {
        String detail = unknown.overtaken() ? overtaken(unknown.evidence()) : unacknowledged(unknown.evidence());
        ObjectNode problem = problem(unknown, detail, Problem.Effect.UNKNOWN);
        return hasIdempotencyKey ? problem.put("retry", Problem.SAME_KEY) : problem;
    }

    private String unacknowledged(Evidence evidence) {
        return "the write was sent, and " + evidence.acked().size() + " of the " + evidence.required()
                + " replicas needed acknowledged it in time; missing: " + missing(evidence)
                + ". It may have been applied, or may still be; "
                + (hasIdempotencyKey ? "send it again with the same Idempotency-Key" : "read the key")
                + " to find out";
    }

    private String overtaken(Evidence evidence) {
        return "the write was sent, and another write came in between. It was applied before that one, or never will"
                + " be, and the replicas that answered cannot tell which; missing: " + missing(evidence) + ". "
                + (hasIdempotencyKey
                        ? "Send it again with the same Idempotency-Key to find out once those answer"
                        : "Read the key to see what it holds now");
    }

    private static String noQuorum(Evidence evidence) {
        return evidence.required() + " of " + evidence.replicas()
                + " replicas are needed, and too few answered; missing: " + missing(evidence) + rejections(evidence)
                + ". Nothing was applied";
    }

    /** A cause that is not the reason by itself may still be what keeps an operator waiting. */
    private static String rejections(Evidence evidence) {
        String rejections = evidence.replicaSummaries().stream()
                .flatMap(summary -> reply(summary).stream()
                        .filter(Rejected.class::isInstance)
                        .map(reply -> summary.replica() + " (" + ConstantText.spaced(((Rejected) reply).cause()) + ")"))
                .collect(Collectors.joining(", "));
        return rejections.isEmpty() ? "" : "; refused: " + rejections;
    }

    /** The rejection of one replica says how much memory would be enough. */
    private static String tooLarge(Evidence evidence) {
        ReplicaSummary refusing = evidence.replicaSummaries().stream()
                .filter(summary ->
                        reply(summary).filter(MemoryRejection::isForGood).isPresent())
                .findFirst()
                .orElseThrow();
        return "the value is too large for replica " + refusing.replica() + ", or for an answer from it: "
                + ((Rejected) reply(refusing).orElseThrow()).detail() + ". Nothing was applied";
    }

    private static String missing(Evidence evidence) {
        String missing = evidence.replicaSummaries().stream()
                .filter(summary -> !answered(summary))
                .map(summary -> summary.replica().name())
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "none" : missing;
    }

    /** A replica that was not needed, and so not asked, is not missing. */
    private static boolean answered(ReplicaSummary summary) {
        return reply(summary).isPresent()
                || summary.lastExchange().isEmpty() && summary.reachability().isReachable();
    }

    private static Optional<Reply> reply(ReplicaSummary summary) {
        return summary.lastExchange().flatMap(Exchange::reply);
    }
}
