package io.quorate.coordinator.api.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.api.outcome.OutcomeAnswer;
import io.quorate.coordinator.api.outcome.OutcomeProblem;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.FunctionVerdict.FunctionRefusal;
import io.quorate.coordinator.operation.function.RegisterFunction;
import io.quorate.coordinator.replica.ClusterTime;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers a PATCH of one key. The version of a bundle is a tag only for the function that left the register. The others
 * get no {@code ETag}: in a condition it would match a value that their client never saw.
 */
public final class FunctionAnswer extends OutcomeAnswer {
    private final Key key;
    private final RegisterFunction function;
    private final boolean explain;
    private final boolean hasIdempotencyKey;
    private final ClusterTime time;

    public FunctionAnswer(
            HttpServerResponse response,
            Key key,
            RegisterFunction function,
            boolean explain,
            boolean hasIdempotencyKey,
            ClusterTime time) {
        super(response, hasIdempotencyKey);
        this.key = key;
        this.function = function;
        this.explain = explain;
        this.hasIdempotencyKey = hasIdempotencyKey;
        this.time = time;
    }

    @Override
    public Void applied(Outcome.Applied applied) {
        putReplayed(applied.repeated().isPresent());
        if (isTag(applied.function(), applied.repeated().isPresent())) {
            VersionFields.putHeaders(response(), applied.version());
        }
        Content made =
                applied.function().flatMap(report -> report.verdict().made()).orElse(Tombstone.TOMBSTONE);
        ExpiryFields.putHeaders(response(), made, time);
        putEvidence(applied.evidence());
        return sendJson(OutcomeStatus.of(applied), body(applied, made));
    }

    private ObjectNode body(Outcome.Applied applied, Content made) {
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        body.put("outcome", "applied");
        VersionFields.putFields(body, applied.version());
        body.put("created", applied.created());
        if (made instanceof Value value) {
            if (function instanceof Add) {
                Json.putBytes(body, "value", value.bytes());
            }
            body.put("bytes", value.bytes().length);
            body.put("contentType", value.contentType());
            ExpiryFields.putFields(body, value, time);
        }
        applied.function().ifPresent(report -> body.put("current", report.isRegister()));
        if (explain) {
            body.set("evidence", EvidenceJson.of(applied.evidence()));
        }
        return body;
    }

    @Override
    public Void conditionFailed(Outcome.ConditionFailed failed) {
        putReplayed(failed.repeated());
        if (isTag(failed.function(), failed.repeated())) {
            VersionFields.putHeaders(response(), failed.version());
        }
        putEvidence(failed.evidence());
        ObjectNode problem = OutcomeProblem.of(failed, hasIdempotencyKey);
        failed.function()
                .flatMap(report -> report.verdict().match(made -> Optional.empty(), Optional::of))
                .ifPresent(refusal -> putReason(problem, refusal));
        Problem.send(response(), OutcomeStatus.of(failed), problem);
        return null;
    }

    private static void putReason(ObjectNode problem, FunctionRefusal refusal) {
        problem.put("detail", "the function changes nothing here: " + refusal.detail() + ". Nothing was applied");
        problem.put("reason", refusal.reason().name().toLowerCase(Locale.ROOT));
    }

    /** The first answer to a request that is repeated was that of a function alone. */
    private static boolean isTag(Optional<FunctionReport> report, boolean isRepeated) {
        return isRepeated || report.map(FunctionReport::isRegister).orElse(true);
    }

    @Override
    public Void unknown(Outcome.Unknown unknown) {
        return sendProblem(unknown);
    }
}
