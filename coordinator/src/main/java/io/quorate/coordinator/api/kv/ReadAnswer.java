package io.quorate.coordinator.api.kv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.PacedAnswer;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.replica.ClusterTime;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers a GET or HEAD of one key: with the value itself, or with the story of the read as JSON. */
final class ReadAnswer extends OutcomeAnswer {
    private final Key key;
    private final boolean explain;
    private final ReadConditions conditions;
    private final ClusterTime time;
    private final MemoryBudget memory;
    private final HttpServerRequest request;

    /**
     * @param conditions an explained answer ignores them, since each one is different
     * @param memory is charged for the value until it is sent
     */
    ReadAnswer(
            HttpServerRequest request,
            Key key,
            boolean explain,
            ReadConditions conditions,
            ClusterTime time,
            MemoryBudget memory) {
        super(request.response());
        this.request = request;
        this.memory = memory;
        this.key = key;
        this.explain = explain;
        this.conditions = conditions;
        this.time = time;
    }

    @Override
    public Void read(Outcome.Read read) {
        VersionFields.putHeaders(response(), read.record().version());
        putEvidence(read.evidence());
        if (explain) {
            response().setStatusCode(OutcomeStatus.of(read)).putHeader(HttpHeaders.CONTENT_TYPE, Json.EXPLAINED);
            long valueBytes = read.record().content() instanceof Value value ? value.bytes().length : 0;
            if (!PacedAnswer.sendJson(memory, response(), explained(read), valueBytes)) {
                PacedAnswer.refuseForMemory(response());
            }
            return null;
        }
        if (read.record().content() instanceof Value value) {
            sendValue(read.record().version(), value);
        } else {
            Problem.refuse(response(), OutcomeStatus.of(read), "no value under the key '" + key + "'");
        }
        return null;
    }

    private void sendValue(Version version, Value value) {
        switch (conditions.on(version)) {
            case VALUE -> sendValue(value);
            case NOT_MODIFIED -> {
                putCacheHeaders(value);
                response().setStatusCode(304).end();
            }
            case FAILED ->
                Problem.refuse(response(), 412, "the condition does not hold: the key is at version " + version);
        }
    }

    /** A cache may keep a value, and has to ask each time whether it is still the same. */
    private void putCacheHeaders(Value value) {
        response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        ExpiryFields.putHeaders(response(), value, time);
    }

    private void sendValue(Value value) {
        putCacheHeaders(value);
        response().putHeader(HttpHeaders.CONTENT_TYPE, value.contentType());
        // The length that a GET would have: the answer to a HEAD states it and has no bytes.
        response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(value.bytes().length));
        if (!PacedAnswer.send(memory, request, value.bytes())) {
            PacedAnswer.refuseForMemory(response());
        }
    }

    private ObjectNode explained(Outcome.Read read) {
        Record record = read.record();
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        body.put("outcome", "read");
        VersionFields.putFields(body, record.version());
        body.put("found", !record.isTombstone());
        if (record.content() instanceof Value value) {
            body.put("contentType", value.contentType());
            ExpiryFields.putFields(body, value, time);
            Json.putBytes(body, "value", value.bytes());
        }
        body.set("evidence", EvidenceJson.of(read.evidence()));
        return body;
    }
}
