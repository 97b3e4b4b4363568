package io.quorate.coordinator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Level;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Precondition;
import io.quorate.coordinator.operation.Terms;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** {@code /v1/kv/{key}}: PUT, GET, HEAD and DELETE of one key. */
final class KeyValueRoutes {
    private static final List<String> PARAMETERS = List.of("consistency", "timeout", "explain");
    private static final List<String> PUT_PARAMETERS = List.of("consistency", "timeout", "explain", "ttl");

    /** Headers whose meaning would change what a write may do: better refused than overlooked. */
    private static final List<String> NOT_YET = List.of("Idempotency-Key");

    private static final CharSequence EVIDENCE = HttpHeaders.createOptimized(EvidenceText.HEADER);

    private final Coordinator coordinator;
    private final ApiOptions options;
    private final BodyBudget budget;

    KeyValueRoutes(Coordinator coordinator, ApiOptions options, BodyBudget budget) {
        this.coordinator = coordinator;
        this.options = options;
        this.budget = budget;
    }

    void handle(HttpServerRequest request, Key key) {
        HttpMethod method = request.method();
        Query query = Query.parse(request.query(), method == HttpMethod.PUT ? PUT_PARAMETERS : PARAMETERS);
        Terms terms = query.terms(options).named(RequestIds.of(request.response()));
        boolean explain = query.explain();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            get(request, key, terms, explain);
        } else if (method == HttpMethod.PUT) {
            put(request, key, query.ttlMs(), terms, explain);
        } else if (method == HttpMethod.DELETE) {
            refuseUnbuilt(request);
            write(request, key, Tombstone.TOMBSTONE, precondition(request, terms), terms, explain);
        } else {
            request.response().putHeader("Allow", "GET, HEAD, PUT, DELETE");
            throw new BadRequest(405, method + " is not allowed on a key; allowed are GET, HEAD, PUT and DELETE");
        }
    }

    private void get(HttpServerRequest request, Key key, Terms terms, boolean explain) {
        coordinator.read(key, terms, outcome -> {
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
                sendFailure(response, outcome);
            }
        });
    }

    private void sendRecord(HttpServerResponse response, Key key, Outcome.Read read) {
        Record record = read.record();
        putVersion(response, record.version());
        response.putHeader(EVIDENCE, EvidenceText.of(read.evidence()));
        if (record.content() instanceof Value value) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, value.contentType());
            Expiry.putHeaders(response, value, coordinator.time());
            // The length that a GET would have; the answer to a HEAD states it and has no bytes.
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(value.bytes().length));
            response.end(Buffer.buffer(value.bytes()));
        } else {
            Problem.refuse(response, 404, "no value under the key '" + key + "'");
        }
    }

    private void explainRead(HttpServerResponse response, Key key, Outcome.Read read) {
        Record record = read.record();
        putVersion(response, record.version());
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        body.put("outcome", "read");
        putVersion(body, record.version());
        body.put("found", !record.isTombstone());
        if (record.content() instanceof Value value) {
            body.put("contentType", value.contentType());
            Expiry.putFields(body, value, coordinator.time());
            Json.putBytes(body, "value", value.bytes());
        }
        sendExplained(response, record.isTombstone() ? 404 : 200, body, read.evidence());
    }

    private void put(HttpServerRequest request, Key key, OptionalLong ttlMs, Terms terms, boolean explain) {
        refuseUnbuilt(request);
        Optional<Precondition> precondition = precondition(request, terms);
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw new BadRequest(
                    415, "a value with a Content-Encoding is not allowed; send it as it is, with its Content-Type");
        }
        String contentType = contentType(request);
        RequestBody.read(
                request,
                options.valueBytesMax(),
                "the value is longer than " + options.valueBytesMax()
                        + " bytes, the most that valueBytesMax of this cluster allows",
                budget,
                bytes -> write(
                        request, key, Value.of(bytes, contentType, expiresAtMs(ttlMs)), precondition, terms, explain));
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
        if (!isContentType(contentType)) {
            throw new BadRequest(
                    400,
                    "the Content-Type must be 1 to " + Value.CONTENT_TYPE_BYTES_MAX + " printable ASCII characters");
        }
        return contentType;
    }

    static boolean isContentType(String text) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return printable && !text.isBlank() && text.length() <= Value.CONTENT_TYPE_BYTES_MAX;
    }

    private static void refuseUnbuilt(HttpServerRequest request) {
        for (String header : NOT_YET) {
            if (request.headers().contains(header)) {
                throw new BadRequest(
                        501,
                        header
                                + " on a write is not built yet, and to overlook it would be wrong; nothing was applied");
            }
        }
    }

    private static Optional<Precondition> precondition(HttpServerRequest request, Terms terms) {
        Optional<Precondition> precondition = Preconditions.of(request);
        if (precondition.isPresent() && terms.level() != Level.LINEARIZABLE) {
            throw new BadRequest(
                    400,
                    "a conditional write is always linearizable; consistency="
                            + terms.level().label() + " is not allowed with it; nothing was applied");
        }
        return precondition;
    }

    private void write(
            HttpServerRequest request,
            Key key,
            Content content,
            Optional<Precondition> precondition,
            Terms terms,
            boolean explain) {
        Consumer<Outcome> answer = outcome -> answerWrite(request.response(), key, content, outcome, explain);
        if (precondition.isPresent()) {
            coordinator.writeIf(key, content, precondition.get(), terms, answer);
        } else {
            coordinator.write(key, content, terms, answer);
        }
    }

    private void answerWrite(HttpServerResponse response, Key key, Content content, Outcome outcome, boolean explain) {
        if (response.closed()) {
            return;
        }
        if (outcome instanceof Outcome.Applied applied) {
            sendApplied(response, key, content, applied, explain);
        } else if (outcome instanceof Outcome.ConditionFailed failed) {
            putVersion(response, failed.version());
            OutcomeStatus.send(response, failed);
        } else {
            sendFailure(response, outcome);
        }
    }

    private void sendApplied(
            HttpServerResponse response, Key key, Content content, Outcome.Applied applied, boolean explain) {
        putVersion(response, applied.version());
        Expiry.putHeaders(response, content, coordinator.time());
        int status = content instanceof Tombstone ? 204 : applied.created() ? 201 : 200;
        if (explain) {
            ObjectNode body = Json.object();
            Json.putKey(body, key);
            body.put("outcome", "applied");
            putVersion(body, applied.version());
            Expiry.putFields(body, content, coordinator.time());
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

    private static void sendFailure(HttpServerResponse response, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            OutcomeStatus.send(response, refused);
        } else if (outcome instanceof Outcome.Unknown unknown) {
            OutcomeStatus.send(response, unknown);
        } else {
            throw new AssertionError("an outcome that this request cannot have: " + outcome);
        }
    }

    private static void putVersion(HttpServerResponse response, Version version) {
        if (!version.equals(Version.ZERO)) {
            response.putHeader(HttpHeaders.ETAG, '"' + version.toString() + '"');
        }
    }

    static void putVersion(ObjectNode node, Version version) {
        if (!version.equals(Version.ZERO)) {
            node.put("version", version.toString());
            node.put(
                    "writtenAt",
                    Instant.ofEpochMilli(HybridClock.millisOf(version.timestamp()))
                            .toString());
        }
    }
}
