package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.text.ConstantText;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An operation with its outcome, as the console shows it.
 *
 * @param id unique. A request id is not, because a batch is many operations under one request id
 * @param key empty for a scan
 * @param startMs wall-clock time
 */
record EndedRequest(
        String id,
        OperationKind kind,
        Optional<Key> key,
        OperationOptions options,
        Outcome outcome,
        long startMs,
        long elapsedNs) {
    /** Thread: the event loop of the operation, as its evidence may still grow. */
    ShownRequest shown(NodeId node) {
        ObjectNode hidden = json(node, Optional.empty());
        key.ifPresent(some -> hide(hidden));
        return new ShownRequest(key, json(node, key), hidden);
    }

    /**
     * Takes out what else is known of the key: whether it has a value, and which versions. And what the client named
     * the request, since some put keys there.
     */
    private static void hide(ObjectNode json) {
        json.put("keyHidden", true).remove(List.of("found", "requestId"));
        for (JsonNode round : json.path("evidence").path("rounds")) {
            for (JsonNode message : round.path("replicas")) {
                ((ObjectNode) message).remove("version");
            }
        }
    }

    private ObjectNode json(NodeId node, Optional<Key> shownKey) {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("node", node.name());
        json.put("kind", ConstantText.spaced(kind));
        shownKey.ifPresent(shown -> Json.putKey(json, shown));
        json.put("level", options.level().label());
        putOutcome(json);
        json.put("at", Instant.ofEpochMilli(startMs).toString());
        json.put("elapsedUs", TimeUnit.NANOSECONDS.toMicros(elapsedNs));
        json.put("requestId", options.requestId());
        json.set("evidence", EvidenceJson.of(outcome.evidence()));
        return json;
    }

    private void putOutcome(ObjectNode json) {
        json.put("outcome", OutcomeName.of(outcome).label());
        outcome.match(new OutcomeFields(json));
    }
}
