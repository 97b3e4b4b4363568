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
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Terms;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;

/** {@code /v1/kv/{key}}: PUT, GET, HEAD and DELETE of one key. */
final class KeyValueRoutes {
    private static final List<String> PARAMETERS = List.of("consistency", "timeout", "explain");

    /** Headers whose meaning would change what a write may do: better refused than overlooked. */
    private static final List<String> NOT_YET = List.of("If-Match", "If-None-Match", "Idempotency-Key");

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
        Query query = Query.parse(request.query(), PARAMETERS);
        Terms terms = query.terms(options);
        boolean explain = query.explain();
        HttpMethod method = request.method();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            get(request, key, terms, explain);
        } else if (method == HttpMethod.PUT) {
            put(request, key, terms, explain);
        } else if (method == HttpMethod.DELETE) {
            refuseConditions(request);
            write(request, key, Tombstone.TOMBSTONE, terms, explain);
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

    private static void sendRecord(HttpServerResponse response, Key key, Outcome.Read read) {
        Record record = read.record();
        putVersion(response, record.version());
        response.putHeader(EVIDENCE, EvidenceText.of(read.evidence()));
        if (record.content() instanceof Value value) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, value.contentType());
            // The length that a GET would have; the answer to a HEAD states it and has no bytes.
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(value.bytes().length));
            response.end(Buffer.buffer(value.bytes()));
        } else {
            Problem.refuse(response, 404, "no value under the key '" + key + "'");
        }
    }

    private static void explainRead(HttpServerResponse response, Key key, Outcome.Read read) {
        Record record = read.record();
        putVersion(response, record.version());
        ObjectNode body = Json.object();
        Json.putKey(body, key);
        body.put("outcome", "read");
        putVersion(body, record.version());
        body.put("found", !record.isTombstone());
        if (record.content() instanceof Value value) {
            body.put("contentType", value.contentType());
            Json.putBytes(body, "value", value.bytes());
        }
        sendExplained(response, record.isTombstone() ? 404 : 200, body, read.evidence());
    }

    private void put(HttpServerRequest request, Key key, Terms terms, boolean explain) {
        refuseConditions(request);
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
                bytes -> write(request, key, Value.of(bytes, contentType), terms, explain));
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

    static void refuseConditions(HttpServerRequest request) {
        for (String header : NOT_YET) {
            if (request.headers().contains(header)) {
                throw new BadRequest(
                        501,
                        header
                                + " on a write is not built yet, and to overlook it would be wrong; nothing was applied");
            }
        }
    }

    private void write(HttpServerRequest request, Key key, Content content, Terms terms, boolean explain) {
        coordinator.write(key, content, terms, outcome -> {
            HttpServerResponse response = request.response();
            if (response.closed()) {
                return;
            }
            if (outcome instanceof Outcome.Applied applied) {
                sendApplied(response, key, content, applied, explain);
            } else {
                sendFailure(response, outcome);
            }
        });
    }

    private static void sendApplied(
            HttpServerResponse response, Key key, Content content, Outcome.Applied applied, boolean explain) {
        putVersion(response, applied.version());
        int status = content instanceof Tombstone ? 204 : applied.created() ? 201 : 200;
        if (explain) {
            ObjectNode body = Json.object();
            Json.putKey(body, key);
            body.put("outcome", "applied");
            putVersion(body, applied.version());
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
