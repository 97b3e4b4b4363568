package io.quorate.coordinator.api.idempotency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.RequestResult;
import io.quorate.common.model.Value;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.UriText;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** {@code /v1/requests/{idempotency-key}?key=}: what has become of a write. It has no effect itself. */
public final class RequestRoutes {
    private static final List<String> PARAMETERS = List.of("key", "operation", "timeout");

    private final Coordinator coordinator;
    private final ApiLimits limits;

    public RequestRoutes(Coordinator coordinator, ApiLimits limits) {
        this.coordinator = coordinator;
        this.limits = limits;
    }

    /** @param encoded the idempotency key as it stands in the path */
    public void handle(HttpServerRequest request, String encoded) {
        QueryParameters query = QueryParameters.parse(request.query(), PARAMETERS);
        String text = new String(UriText.decode(encoded), StandardCharsets.UTF_8);
        if (!IdempotencyKey.isAllowed(text)) {
            throw new BadRequest(
                    400, "an idempotency key has 1 to " + IdempotencyKey.CHARS_MAX + " printable ASCII characters");
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
                new OperationOptions(
                        ConsistencyLevel.QUORUM, query.timeoutMs(limits), RequestIds.of(request.response())),
                outcome -> answer(request.response(), text, key, outcome));
    }

    private void answer(HttpServerResponse response, String text, Key key, Outcome outcome) {
        if (response.closed()) {
            return;
        }
        if (!(outcome instanceof Outcome.RequestStatus recalled)) {
            OutcomeStatus.send(response, (Outcome.Refused) outcome);
            return;
        }
        response.putHeader(EvidenceText.HEADER, EvidenceText.of(recalled.evidence()));
        if (!recalled.known()) {
            Problem.refuse(
                    response,
                    404,
                    "no such request on the key '" + key
                            + "' is known to a majority: it never arrived, is still on its way, or is forgotten");
            return;
        }
        ObjectNode body = Json.object().put("idempotencyKey", text);
        Json.putKey(body, key);
        recalled.result().ifPresentOrElse(conclusion -> put(body, conclusion), () -> putUnknown(body));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.bytes(body));
    }

    private static void put(ObjectNode body, RequestResult conclusion) {
        boolean created = conclusion.receipt().created();
        int status =
                switch (conclusion.type()) {
                    case PUT -> created ? 201 : 200;
                    case DELETED -> 204;
                    case REFUSED -> 412;
                };
        body.put("state", conclusion.isRefusal() ? "refused" : "applied").put("status", status);
        VersionFields.put(body, conclusion.version());
        if (!conclusion.isRefusal()) {
            body.put("created", created);
        }
        if (conclusion.expiresAtMs() != Value.NEVER_EXPIRES) {
            body.put("expiresAt", instant(conclusion.expiresAtMs()));
        }
        body.put("rememberedUntil", instant(conclusion.receipt().rememberedUntilMs()));
    }

    private static void putUnknown(ObjectNode body) {
        body.put("state", "unknown");
        body.put(
                "detail",
                "it has begun, and may have taken effect or not; sent again with the same key it is finished");
        body.put("retry", Problem.SAME_KEY);
    }

    private static String instant(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
