package io.quorate.coordinator.api.kv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.replica.ClusterTime;
import io.vertx.core.http.HttpServerResponse;

/** Answers a PUT or DELETE of one key, conditional or not. */
final class WriteAnswer extends OutcomeAnswer {
    private static final int OK = 200;

    private final Key key;
    private final boolean explain;
    private final Content content;
    private final ClusterTime time;
    private final boolean showsPast;

    /** @param showsPast whether its caller may learn if the key had a value before */
    WriteAnswer(
            HttpServerResponse response,
            Key key,
            WriteRequest write,
            Content content,
            ClusterTime time,
            boolean showsPast) {
        super(response, write.idempotencyKey().isPresent());
        this.key = key;
        this.explain = write.common().explain();
        this.content = content;
        this.time = time;
        this.showsPast = showsPast;
    }

    @Override
    public Void applied(Outcome.Applied applied) {
        Content written = firstWritten(applied);
        putReplayed(applied.repeated().isPresent());
        VersionFields.putHeaders(response(), applied.version());
        ExpiryFields.putHeaders(response(), written, time);
        putEvidence(applied.evidence());
        boolean isDelete = content instanceof Tombstone;
        if (explain) {
            // A 204 has no body, so an explained delete is a 200.
            int status = isDelete ? OK : OutcomeStatus.of(applied);
            return sendJson(status, Json.EXPLAINED, explained(written, applied));
        }
        response()
                .setStatusCode(isDelete ? OutcomeStatus.ofDelete(applied) : OutcomeStatus.ofPut(applied, showsPast))
                .end();
        return null;
    }

    @Override
    public Void conditionFailed(Outcome.ConditionFailed failed) {
        putReplayed(failed.repeated());
        VersionFields.putHeaders(response(), failed.version());
        return sendProblem(failed);
    }

    @Override
    public Void unknown(Outcome.Unknown unknown) {
        return sendProblem(unknown);
    }

    /** The content of the first attempt: the same value, but its time to live began earlier. */
    private Content firstWritten(Outcome.Applied applied) {
        return content instanceof Value value && applied.repeated().isPresent()
                ? Value.of(
                        value.bytes(),
                        value.contentType(),
                        applied.repeated().get().expiresAtMs())
                : content;
    }

    private ObjectNode explained(Content written, Outcome.Applied applied) {
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        body.put("outcome", "applied");
        VersionFields.putFields(body, applied.version());
        ExpiryFields.putFields(body, written, time);
        body.set("evidence", EvidenceJson.of(applied.evidence()));
        return body;
    }
}
