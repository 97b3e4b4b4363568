package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeProblem;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.operation.Outcome;

/** Turns the outcome of one operation of a batch into its element of {@code results}. */
final class BatchResult extends Outcome.ExpectedCases<ObjectNode> {
    private final BatchItem item;

    private BatchResult(BatchItem item) {
        this.item = item;
    }

    static ObjectNode of(BatchItem item, Outcome outcome) {
        return outcome.match(new BatchResult(item));
    }

    /** Of an operation that was not begun. */
    static ObjectNode notBegun(BatchItem item, int status, String why) {
        ObjectNode problem = Problem.of(status, why + ". Nothing was applied", Problem.Effect.NONE);
        return new BatchResult(item).start(status).set("problem", problem);
    }

    /** A defect of Quorate ended the operation, before it began or behind it. */
    static ObjectNode failed(BatchItem item) {
        ObjectNode problem = Problem.of(
                500,
                "this is a defect of Quorate; the log of this process has more. Whether it was applied is unknown",
                Problem.Effect.UNKNOWN);
        return new BatchResult(item).start(500).set("problem", problem);
    }

    @Override
    public ObjectNode read(Outcome.Read read) {
        Record record = read.record();
        int status = OutcomeStatus.of(read);
        ObjectNode result = start(status);
        putVersion(result, record.version());
        putEvidence(result, read);
        if (record.content() instanceof Value value) {
            if (!value.contentType().equals(Value.DEFAULT_CONTENT_TYPE)) {
                result.put("contentType", value.contentType());
            }
            Json.putBytes(result, "value", value.bytes());
        } else {
            result.set("problem", Problem.refusal(status, "no value under the key '" + item.key() + "'"));
        }
        return result;
    }

    @Override
    public ObjectNode applied(Outcome.Applied applied) {
        boolean isDelete = item.content().orElseThrow() instanceof Tombstone;
        ObjectNode result =
                start(isDelete ? OutcomeStatus.ofDelete(applied) : OutcomeStatus.ofPut(applied, item.showsPast()));
        putVersion(result, applied.version());
        putEvidence(result, applied);
        return applied.repeated().isPresent() ? result.put("replayed", true) : result;
    }

    @Override
    public ObjectNode refused(Outcome.Refused refused) {
        return failed(refused);
    }

    @Override
    public ObjectNode unknown(Outcome.Unknown unknown) {
        return failed(unknown);
    }

    private ObjectNode failed(Outcome outcome) {
        ObjectNode result = start(OutcomeStatus.of(outcome));
        putEvidence(result, outcome);
        return result.set(
                "problem", OutcomeProblem.of(outcome, item.idempotencyKey().isPresent()));
    }

    private ObjectNode start(int status) {
        ObjectNode result = Json.object().put("op", item.op());
        Json.putKey(result, item.key());
        return result.put("status", status);
    }

    private static void putVersion(ObjectNode result, Version version) {
        if (!version.equals(Version.ZERO)) {
            result.put("version", version.toString());
        }
    }

    private static void putEvidence(ObjectNode result, Outcome outcome) {
        result.put("evidence", EvidenceText.of(outcome.evidence()));
    }
}
