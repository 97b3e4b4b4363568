package io.quorate.coordinator.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.RetryAfter;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Answers one request with the outcome of its operation. Each route overrides the cases that its operation can end in.
 * Any operation can be refused.
 */
public abstract class OutcomeAnswer extends Outcome.ExpectedCases<Void> {
    private static final CharSequence EVIDENCE = HttpHeaders.createOptimized(EvidenceText.HEADER);

    /** Says that this is the answer of an earlier attempt. */
    private static final String REPLAYED = "Quorate-Replayed";

    private final HttpServerResponse response;
    private final boolean hasIdempotencyKey;

    protected OutcomeAnswer(HttpServerResponse response, boolean hasIdempotencyKey) {
        this.response = response;
        this.hasIdempotencyKey = hasIdempotencyKey;
    }

    protected OutcomeAnswer(HttpServerResponse response) {
        this(response, false);
    }

    /** Answers, unless the client has gone. */
    public final void send(Outcome outcome) {
        if (!response.closed()) {
            FailedRequest.guard(response, () -> outcome.match(this));
        }
    }

    protected final HttpServerResponse response() {
        return response;
    }

    @Override
    public final Void refused(Outcome.Refused refused) {
        if (mayEndOtherwise(refused.reason())) {
            RetryAfter.put(response);
        }
        return sendProblem(refused);
    }

    /** Whether the same request may have another outcome later. */
    private static boolean mayEndOtherwise(Outcome.RefusalReason reason) {
        return switch (reason) {
            case NO_QUORUM, OVERLOADED, NO_MEMORY, CONTENTION, DISK_FULL, FENCED -> true;
            case KEY_REUSED, TOO_LARGE, DEFECT -> false;
        };
    }

    protected final Void sendProblem(Outcome outcome) {
        putEvidence(outcome.evidence());
        Problem.send(response, OutcomeStatus.of(outcome), OutcomeProblem.of(outcome, hasIdempotencyKey));
        return null;
    }

    protected final void putEvidence(Evidence evidence) {
        response.putHeader(EVIDENCE, EvidenceText.of(evidence));
    }

    protected final void putReplayed(boolean replayed) {
        if (replayed) {
            response.putHeader(REPLAYED, "true");
        }
    }

    protected final Void sendJson(int status, ObjectNode body) {
        return sendJson(status, "application/json", body);
    }

    protected final Void sendJson(int status, String contentType, ObjectNode body) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .end(Json.bytes(body));
        return null;
    }
}
