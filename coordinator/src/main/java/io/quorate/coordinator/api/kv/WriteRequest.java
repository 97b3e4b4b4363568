package io.quorate.coordinator.api.kv;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.idempotency.Fingerprint;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.function.RegisterFunction;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a client says of a write besides its key and its value.
 *
 * @param ttlMs time to live of the value, or empty if it stays
 */
record WriteRequest(
        KeyValueRequest common,
        OptionalLong ttlMs,
        Optional<Precondition> precondition,
        Optional<IdempotencyKey> idempotencyKey) {
    private static final List<String> PUT_PARAMETERS = List.of("consistency", "timeout", "explain", "ttl");

    static WriteRequest parsePut(HttpServerRequest request, ApiLimits limits) {
        QueryParameters query = QueryParameters.parse(request.query(), PUT_PARAMETERS);
        return of(KeyValueRequest.of(query, request, limits), query.ttlMs(), request);
    }

    static WriteRequest parseDelete(HttpServerRequest request, ApiLimits limits) {
        return of(KeyValueRequest.parse(request, limits), OptionalLong.empty(), request);
    }

    /** Of a function, which takes its condition from its body. */
    static WriteRequest parsePatch(HttpServerRequest request, ApiLimits limits) {
        WriteRequest write = parsePut(request, limits);
        QueryParameters.requireLinearizable("a function", write.options());
        if (write.precondition().isPresent()) {
            throw new BadRequest(
                    400,
                    "If-Match and If-None-Match are not allowed with a function: write the condition into the body, or"
                            + " send a PUT. Nothing was applied");
        }
        return write;
    }

    private static WriteRequest of(KeyValueRequest common, OptionalLong ttlMs, HttpServerRequest request) {
        Optional<Precondition> precondition = Preconditions.of(request);
        Optional<IdempotencyKey> idempotencyKey = IdempotencyKey.of(request);
        if (precondition.isPresent()) {
            QueryParameters.requireLinearizable("a conditional write", common.options());
        }
        if (idempotencyKey.isPresent()) {
            QueryParameters.requireLinearizable("a write with an " + IdempotencyKey.HEADER, common.options());
        }
        return new WriteRequest(common, ttlMs, precondition, idempotencyKey);
    }

    /** As {@link #named(Key, Content, long, String)}, of a function. */
    IdempotentRequest named(Key key, RegisterFunction function, long retentionMs, String principal) {
        return new IdempotentRequest(
                idempotencyKey.orElseThrow().requestOn(key), Fingerprint.of(function, ttlMs, principal), retentionMs);
    }

    static String contentType(HttpServerRequest request) {
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType == null) {
            return Value.DEFAULT_CONTENT_TYPE;
        }
        if (!RequestBody.isContentType(contentType)) {
            throw new BadRequest(
                    400,
                    "the Content-Type must be 1 to " + Value.CONTENT_TYPE_BYTES_MAX
                            + " printable ASCII characters. Nothing was applied");
        }
        return contentType;
    }

    OperationOptions options() {
        return common.options();
    }

    /** The request under its idempotency key, which it must have. */
    IdempotentRequest named(Key key, Content content, long retentionMs, String principal) {
        return new IdempotentRequest(
                idempotencyKey.orElseThrow().requestOn(key),
                Fingerprint.of(content, ttlMs, precondition, principal),
                retentionMs);
    }
}
