package io.quorate.coordinator.api.kv;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.BodyBudget;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.idempotency.Fingerprint;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import io.quorate.coordinator.api.outcome.EvidenceJson;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.ExpiryFields;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
import io.quorate.coordinator.api.outcome.VersionFields;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** {@code /v1/kv/{key}}: PUT, GET, HEAD and DELETE of one key. */
public final class KeyValueRoutes {
    private static final List<String> PARAMETERS = List.of("consistency", "timeout", "explain");
    private static final List<String> PUT_PARAMETERS = List.of("consistency", "timeout", "explain", "ttl");

    /** Tells that an answer is that of an earlier attempt. */
    private static final String REPLAYED = "Quorate-Replayed";

    private static final CharSequence EVIDENCE = HttpHeaders.createOptimized(EvidenceText.HEADER);

    private final Coordinator coordinator;
    private final ApiLimits limits;
    private final BodyBudget budget;

    public KeyValueRoutes(Coordinator coordinator, ApiLimits limits, BodyBudget budget) {
        this.coordinator = coordinator;
        this.limits = limits;
        this.budget = budget;
    }

    public void handle(HttpServerRequest request, Key key) {
        HttpMethod method = request.method();
        QueryParameters query =
                QueryParameters.parse(request.query(), method == HttpMethod.PUT ? PUT_PARAMETERS : PARAMETERS);
        OperationOptions options = query.options(limits).named(RequestIds.of(request.response()));
        boolean explain = query.explain();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            get(request, key, options, explain);
        } else if (method == HttpMethod.PUT) {
            put(request, key, query.ttlMs(), options, explain);
        } else if (method == HttpMethod.DELETE) {
            WriteRequest asked = asked(request, key, OptionalLong.empty(), options, explain);
            write(request, asked, Tombstone.TOMBSTONE);
        } else {
            request.response().putHeader("Allow", "GET, HEAD, PUT, DELETE");
            throw new BadRequest(405, method + " is not allowed on a key; allowed are GET, HEAD, PUT and DELETE");
        }
    }

    private void get(HttpServerRequest request, Key key, OperationOptions options, boolean explain) {
        coordinator.read(key, options, outcome -> {
            HttpServerResponse response = request.response();
            if (response.closed()) {
                return;
            }
            if (outcome instanceof Outcome.Read read) {
                if (explain) {
                    explainRead(response, key, read);
                } else {
                    sendRecord(response, key, read);
                }
            } else {
                sendFailure(response, outcome, false);
            }
        });
    }

    private void sendRecord(HttpServerResponse response, Key key, Outcome.Read read) {
        Record record = read.record();
        VersionFields.put(response, record.version());
        response.putHeader(EVIDENCE, EvidenceText.of(read.evidence()));
        if (record.content() instanceof Value value) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, value.contentType());
            ExpiryFields.putHeaders(response, value, coordinator.time());
            // The length that a GET would have; the answer to a HEAD states it and has no bytes.
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(value.bytes().length));
            response.end(Buffer.buffer(value.bytes()));
        } else {
            Problem.refuse(response, 404, "no value under the key '" + key + "'");
        }
    }

    private void explainRead(HttpServerResponse response, Key key, Outcome.Read read) {
        Record record = read.record();
        VersionFields.put(response, record.version());
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        body.put("outcome", "read");
        VersionFields.put(body, record.version());
        body.put("found", !record.isTombstone());
        if (record.content() instanceof Value value) {
            body.put("contentType", value.contentType());
            ExpiryFields.putFields(body, value, coordinator.time());
            Json.putBytes(body, "value", value.bytes());
        }
        sendExplained(response, record.isTombstone() ? 404 : 200, body, read.evidence());
    }

    private void put(
            HttpServerRequest request, Key key, OptionalLong ttlMs, OperationOptions options, boolean explain) {
        WriteRequest asked = asked(request, key, ttlMs, options, explain);
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw new BadRequest(
                    415, "a value with a Content-Encoding is not allowed; send it as it is, with its Content-Type");
        }
        String contentType = contentType(request);
        RequestBody.read(
                request,
                limits.valueBytesMax(),
                "the value is longer than " + limits.valueBytesMax()
                        + " bytes, the most that valueBytesMax of this cluster allows",
                budget,
                bytes -> write(request, asked, Value.of(bytes, contentType, expiresAtMs(ttlMs))));
    }

    /** A life begins when the whole value has arrived, however long its sender took. */
    private long expiresAtMs(OptionalLong ttlMs) {
        return ttlMs.isPresent() ? coordinator.time().expiresAtMs(ttlMs.getAsLong()) : Value.NEVER_EXPIRES;
    }

    private static String contentType(HttpServerRequest request) {
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType == null) {
            return Value.DEFAULT_CONTENT_TYPE;
        }
        if (!RequestBody.isContentType(contentType)) {
            throw new BadRequest(
                    400,
                    "the Content-Type must be 1 to " + Value.CONTENT_TYPE_BYTES_MAX + " printable ASCII characters");
        }
        return contentType;
    }

    /**
     * All that a client says of a write besides its value.
     *
     * @param repeatedAs its idempotency key, if it has one
     */
    private record WriteRequest(
            Key key,
            OptionalLong ttlMs,
            Optional<Precondition> precondition,
            Optional<IdempotencyKey> repeatedAs,
            OperationOptions options,
            boolean explain) {}

    private static WriteRequest asked(
            HttpServerRequest request, Key key, OptionalLong ttlMs, OperationOptions options, boolean explain) {
        Optional<Precondition> precondition = Preconditions.of(request);
        Optional<IdempotencyKey> repeatedAs = IdempotencyKey.of(request);
        precondition.ifPresent(any -> QueryParameters.requireLinearizable("a conditional write", options));
        repeatedAs.ifPresent(
                any -> QueryParameters.requireLinearizable("a write with an " + IdempotencyKey.HEADER, options));
        return new WriteRequest(key, ttlMs, precondition, repeatedAs, options, explain);
    }

    private void write(HttpServerRequest request, WriteRequest asked, Content content) {
        Consumer<Outcome> answer = outcome -> answerWrite(request.response(), asked, content, outcome);
        if (asked.repeatedAs().isPresent()) {
            IdempotentRequest repeatable = new IdempotentRequest(
                    asked.repeatedAs().get().requestOn(asked.key()),
                    Fingerprint.of(content, asked.ttlMs(), Preconditions.text(request)),
                    limits.idempotencyRetentionMs());
            coordinator.writeOnce(asked.key(), content, asked.precondition(), repeatable, asked.options(), answer);
        } else if (asked.precondition().isPresent()) {
            coordinator.writeIf(asked.key(), content, asked.precondition().get(), asked.options(), answer);
        } else {
            coordinator.write(asked.key(), content, asked.options(), answer);
        }
    }

    private void answerWrite(HttpServerResponse response, WriteRequest asked, Content content, Outcome outcome) {
        if (response.closed()) {
            return;
        }
        if (outcome instanceof Outcome.Applied applied) {
            if (applied.repeated().isPresent()) {
                response.putHeader(REPLAYED, "true");
            }
            sendApplied(response, asked.key(), firstWritten(content, applied), applied, asked.explain());
        } else if (outcome instanceof Outcome.ConditionFailed failed) {
            if (failed.repeated()) {
                response.putHeader(REPLAYED, "true");
            }
            VersionFields.put(response, failed.version());
            OutcomeStatus.send(response, failed);
        } else {
            sendFailure(response, outcome, asked.repeatedAs().isPresent());
        }
    }

    /** What the first attempt wrote: the same, but that its life began earlier. */
    private static Content firstWritten(Content content, Outcome.Applied applied) {
        return content instanceof Value value && applied.repeated().isPresent()
                ? Value.of(
                        value.bytes(),
                        value.contentType(),
                        applied.repeated().get().expiresAtMs())
                : content;
    }

    private void sendApplied(
            HttpServerResponse response, Key key, Content content, Outcome.Applied applied, boolean explain) {
        VersionFields.put(response, applied.version());
        ExpiryFields.putHeaders(response, content, coordinator.time());
        int status = content instanceof Tombstone ? 204 : applied.created() ? 201 : 200;
        if (explain) {
            ObjectNode body = Json.object();
            Json.putKey(body, key);
            body.put("outcome", "applied");
            VersionFields.put(body, applied.version());
            ExpiryFields.putFields(body, content, coordinator.time());
            sendExplained(response, status == 204 ? 200 : status, body, applied.evidence());
        } else {
            response.putHeader(EVIDENCE, EvidenceText.of(applied.evidence()));
            response.setStatusCode(status).end();
        }
    }

    private static void sendExplained(HttpServerResponse response, int status, ObjectNode body, Evidence evidence) {
        body.set("evidence", EvidenceJson.of(evidence));
        response.putHeader(EVIDENCE, EvidenceText.of(evidence));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.setStatusCode(status).end(Json.bytes(body));
    }

    private static void sendFailure(HttpServerResponse response, Outcome outcome, boolean repeatable) {
        if (outcome instanceof Outcome.Refused refused) {
            OutcomeStatus.send(response, refused, repeatable);
        } else if (outcome instanceof Outcome.Unknown unknown) {
            OutcomeStatus.send(response, unknown, repeatable);
        } else {
            throw new AssertionError("an outcome that this request cannot have: " + outcome);
        }
    }
}
