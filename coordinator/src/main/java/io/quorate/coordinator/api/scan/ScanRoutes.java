package io.quorate.coordinator.api.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Optional;

/** {@code /v1/kv}: the keys of a range in their order, one page as JSON or all as lines of it. */
public final class ScanRoutes {
    private static final String NDJSON = "application/x-ndjson";

    private final Coordinator coordinator;
    private final ApiLimits limits;

    public ScanRoutes(Coordinator coordinator, ApiLimits limits) {
        this.coordinator = coordinator;
        this.limits = limits;
    }

    public void handle(HttpServerRequest request) {
        String accept = request.headers().get(HttpHeaders.ACCEPT);
        boolean streamed = accept != null && accept.toLowerCase(Locale.ROOT).contains(NDJSON);
        ScanParameters parameters =
                ScanParameters.parse(request.query(), streamed, limits).named(RequestIds.of(request.response()));
        if (streamed) {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, NDJSON);
            new ScanStream(coordinator, parameters, request.response()).start();
        } else {
            page(request.response(), parameters);
        }
    }

    private void page(HttpServerResponse response, ScanParameters parameters) {
        coordinator.scan(parameters.page(parameters.rest(), parameters.limit()), parameters.options(), outcome -> {
            if (response.closed()) {
                return;
            }
            if (outcome instanceof Outcome.Scanned page) {
                send(response, parameters, page);
            } else {
                OutcomeStatus.send(response, (Outcome.Refused) outcome);
            }
        });
    }

    private static void send(HttpServerResponse response, ScanParameters parameters, Outcome.Scanned page) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        page.entries().forEach(entry -> items.add(item(entry)));
        putNext(body, parameters.cursorBehind(page.coveredTo()));
        if (parameters.explain()) {
            body.set("evidence", EvidenceJson.of(page.evidence()));
        }
        response.putHeader(EvidenceText.HEADER, EvidenceText.of(page.evidence()));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.bytes(body));
    }

    static ObjectNode item(ScanEntry entry) {
        ObjectNode item = Json.object();
        Json.putKey(item, entry.key());
        item.put("version", entry.version().toString());
        entry.value().ifPresent(value -> {
            if (!value.contentType().equals(Value.DEFAULT_CONTENT_TYPE)) {
                item.put("contentType", value.contentType());
            }
            Json.putBytes(item, "value", value.bytes());
        });
        return item;
    }

    static void putNext(ObjectNode node, Optional<String> cursor) {
        cursor.ifPresentOrElse(next -> node.put("next", next), () -> node.putNull("next"));
    }
}
