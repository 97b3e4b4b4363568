package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.BodyBudget;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import io.quorate.coordinator.operation.OperationOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code /v1/batch}: many gets, puts and deletes in one request. It is not atomic: each has a status of its own. */
public final class BatchRoutes {
    private static final List<String> PARAMETERS = List.of("consistency", "timeout");

    /** A header is about one write, and a batch has many. */
    private static final List<String> CONDITIONS = List.of("If-Match", "If-None-Match");

    private static final int BODY_BYTES_MAX = 4 << 20;

    private final Coordinator coordinator;
    private final ApiLimits limits;
    private final BodyBudget budget;

    public BatchRoutes(Coordinator coordinator, ApiLimits limits, BodyBudget budget) {
        this.coordinator = coordinator;
        this.limits = limits;
        this.budget = budget;
    }

    public void run(HttpServerRequest request) {
        OperationOptions options = QueryParameters.parse(request.query(), PARAMETERS)
                .options(limits)
                .named(RequestIds.of(request.response()));
        refuseConditions(request);
        Optional<IdempotencyKey> idempotencyKey = IdempotencyKey.of(request);
        RequestBody.read(
                request,
                BODY_BYTES_MAX,
                "the batch is longer than " + BODY_BYTES_MAX
                        + " bytes; send several batches, and large values by PUT. Nothing was applied",
                budget,
                body -> run(request, body, idempotencyKey, options));
    }

    private static void refuseConditions(HttpServerRequest request) {
        for (String header : CONDITIONS) {
            if (request.headers().contains(header)) {
                throw new BadRequest(
                        400, header + " is not allowed on a batch; send such a write by itself. Nothing was applied");
            }
        }
    }

    private void run(
            HttpServerRequest request, byte[] body, Optional<IdempotencyKey> idempotencyKey, OperationOptions options) {
        List<BatchItem> items =
                BatchBody.parse(body, limits.valueBytesMax(), coordinator.time().nowMs());
        if (idempotencyKey.isPresent()) {
            items = withKeyOf(items, idempotencyKey.get());
        }
        if (items.stream().anyMatch(item -> item.idempotencyKey().isPresent())) {
            QueryParameters.requireLinearizable("a batch with an " + IdempotencyKey.HEADER, options);
        }
        new BatchRun(
                        coordinator,
                        items,
                        options,
                        limits.idempotencyRetentionMs(),
                        FailedRequest.guard(request.response(), results -> send(request, results)))
                .start();
    }

    private static List<BatchItem> withKeyOf(List<BatchItem> items, IdempotencyKey batch) {
        return IntStream.range(0, items.size())
                .mapToObj(position -> items.get(position).withKeyOf(batch, position))
                .toList();
    }

    private static void send(HttpServerRequest request, List<ObjectNode> results) {
        if (request.response().closed()) {
            return;
        }
        ObjectNode answer = Json.object();
        answer.putArray("results").addAll(results);
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.bytes(answer));
    }
}
