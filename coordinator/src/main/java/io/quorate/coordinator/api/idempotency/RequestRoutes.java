package io.quorate.coordinator.api.idempotency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.request.RequestResult;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Askers;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.UriText;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** {@code /v1/requests/{idempotency-key}?key=}: what became of a write. Asking has no effect on the write. */
public final class RequestRoutes {
    private static final List<String> PARAMETERS = List.of("key", "operation", "timeout");

    private final Coordinator coordinator;
    private final ApiLimits limits;

    public RequestRoutes(Coordinator coordinator, ApiLimits limits) {
        this.coordinator = coordinator;
        this.limits = limits;
    }

    /** @param encoded the idempotency key as the path has it */
    public void status(HttpServerRequest request, String encoded) {
        QueryParameters query = QueryParameters.parse(request.query(), PARAMETERS);
        String text = new String(UriText.decode(encoded), StandardCharsets.UTF_8);
        if (!IdempotencyKey.isAllowed(text)) {
            throw new BadRequest(
                    400,
                    "the idempotency key in the path is not allowed; it has 1 to " + IdempotencyKey.CHARS_MAX
                            + " printable ASCII characters");
        }
        Key key = query.key("key")
                .orElseThrow(() -> new BadRequest(
                        400, "the query parameter key is missing: which key the write is on, percent-encoded"));
        int position = query.text("operation").isPresent()
                ? query.count("operation", 1, ApiLimits.BATCH_OPERATIONS_MAX) - 1
                : IdempotencyKey.ALONE;
        coordinator.requestStatus(
                key,
                new IdempotencyKey(text, position).requestOn(key),
                Askers.sign(new OperationOptions(ConsistencyLevel.QUORUM, query.timeoutMs(limits)), request),
                new StatusAnswer(request.response(), text, key)::send);
    }

    private static final class StatusAnswer extends OutcomeAnswer {
        private final String idempotencyKey;
        private final Key key;

        StatusAnswer(HttpServerResponse response, String idempotencyKey, Key key) {
            super(response);
            this.idempotencyKey = idempotencyKey;
            this.key = key;
        }

        @Override
        public Void requestStatus(Outcome.RequestStatus status) {
            putEvidence(status.evidence());
            if (status.known()) {
                return sendJson(OutcomeStatus.of(status), body(status));
            }
            Problem.refuse(
                    response(),
                    OutcomeStatus.of(status),
                    "a majority knows of no such request on the key '" + key
                            + "': it never arrived, is still on its way, or is forgotten");
            return null;
        }

        private ObjectNode body(Outcome.RequestStatus status) {
            ObjectNode body = Json.object().put("idempotencyKey", idempotencyKey);
            Json.putKey(body, key);
            status.result().ifPresentOrElse(result -> putResult(body, result), () -> putUnknown(body));
            return body;
        }
    }

    private static void putResult(ObjectNode body, RequestResult result) {
        body.put("state", result.isRefusal() ? "refused" : "applied").put("status", OutcomeStatus.of(result));
        VersionFields.putFields(body, result.version());
        if (!result.isRefusal()) {
            body.put("created", result.receipt().created());
        }
        if (result.expiresAtMs() != Value.NEVER_EXPIRES) {
            body.put("expiresAt", instant(result.expiresAtMs()));
        }
        body.put("rememberedUntil", instant(result.receipt().rememberedUntilMs()));
    }

    private static void putUnknown(ObjectNode body) {
        body.put("state", "unknown");
        body.put(
                "detail",
                "the request has begun, and may have taken effect or not; the next attempt with the same key finishes"
                        + " it");
        body.put("retry", Problem.SAME_KEY);
    }

    private static String instant(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
