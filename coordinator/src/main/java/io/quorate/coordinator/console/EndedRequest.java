package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An operation that has its outcome, as the console shows it.
 *
 * @param id no other has it; a batch is many operations under one request id
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
    /** To be called on the event loop of the operation: its evidence still fills. */
    ObjectNode json(NodeId node) {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("node", node.name());
        json.put("kind", words(kind));
        key.ifPresent(shown -> Json.putKey(json, shown));
        json.put("level", options.level().label());
        putOutcome(json);
        json.put("at", Instant.ofEpochMilli(startMs).toString());
        json.put("elapsedUs", TimeUnit.NANOSECONDS.toMicros(elapsedNs));
        json.put("requestId", options.requestId());
        json.set("evidence", EvidenceJson.of(outcome.evidence()));
        return json;
    }

    private void putOutcome(ObjectNode json) {
        if (outcome instanceof Outcome.Read read) {
            json.put("outcome", "read").put("found", !read.record().isTombstone());
        } else if (outcome instanceof Outcome.Applied) {
            json.put("outcome", "applied");
        } else if (outcome instanceof Outcome.ConditionFailed) {
            json.put("outcome", "condition failed");
        } else if (outcome instanceof Outcome.Scanned) {
            json.put("outcome", "scanned");
        } else if (outcome instanceof Outcome.RequestStatus) {
            json.put("outcome", "request status");
        } else if (outcome instanceof Outcome.Surveyed) {
            json.put("outcome", "surveyed");
        } else if (outcome instanceof Outcome.Refused refused) {
            json.put("outcome", "refused").put("reason", words(refused.reason()));
        } else if (outcome instanceof Outcome.Unknown) {
            json.put("outcome", "unknown");
        } else {
            throw new AssertionError("an outcome that nobody told the console of: " + outcome);
        }
    }

    static boolean hasFailed(Outcome outcome) {
        return outcome instanceof Outcome.Refused || outcome instanceof Outcome.Unknown;
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
