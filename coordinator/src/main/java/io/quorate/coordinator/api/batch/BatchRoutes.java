package io.quorate.coordinator.api.batch;

import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement;
import io.quorate.coordinator.api.access.Requirement.BatchOfBody;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Askers;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.Uploads;
import io.quorate.coordinator.api.idempotency.IdempotencyKey;
import io.quorate.coordinator.operation.OperationOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** {@code /v1/batch}: many gets, puts and deletes in one request. It is not atomic: each has a status of its own. */
public final class BatchRoutes {
    private static final Requirement ALL_OPERATIONS = new BatchOfBody();

    private static final List<String> PARAMETERS = List.of("consistency", "timeout");

    /** A header is about one write, and a batch has many. */
    private static final List<String> CONDITIONS = List.of("If-Match", "If-None-Match");

    private static final int BODY_BYTES_MAX = 4 << 20;

    /** For so long a turn of the event loop parses, and not much longer. */
    private static final long PARSE_NS_MAX = TimeUnit.MILLISECONDS.toNanos(2);

    private final Coordinator coordinator;
    private final ApiLimits limits;
    private final Uploads uploads;

    public BatchRoutes(Coordinator coordinator, ApiLimits limits, Uploads uploads) {
        this.coordinator = coordinator;
        this.limits = limits;
        this.uploads = uploads;
    }

    public void handle(HttpServerRequest request, String noVariable, AccessCaller caller) {
        OperationOptions options =
                Askers.sign(QueryParameters.parse(request.query(), PARAMETERS).options(limits), request);
        refuseConditions(request);
        Optional<IdempotencyKey> idempotencyKey = IdempotencyKey.of(request);
        RequestBody.readHeld(
                request,
                BODY_BYTES_MAX,
                "the batch is longer than " + BODY_BYTES_MAX
                        + " bytes; send several batches, and large values by PUT. Nothing was applied",
                uploads,
                (body, giveBack) -> run(request, caller, body, giveBack, idempotencyKey, options));
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
            HttpServerRequest request,
            AccessCaller admitted,
            byte[] body,
            Runnable giveBack,
            Optional<IdempotencyKey> idempotencyKey,
            OperationOptions options) {
        AccessCaller caller = ALL_OPERATIONS.again(admitted, request, "");
        parse(
                request,
                new BatchBody(
                        body, limits.valueBytesMax(), coordinator.time().nowMs(), item -> judge(item, caller, request)),
                items -> run(request, caller, seenBy(caller, items, request), giveBack, idempotencyKey, options));
    }

    private static void judge(BatchItem item, AccessCaller caller, HttpServerRequest request) {
        caller.require(item.isRead() ? AccessRole.READ : AccessRole.WRITE, item.key(), request);
    }

    /** All operations are allowed now. */
    private static List<BatchItem> seenBy(AccessCaller caller, List<BatchItem> items, HttpServerRequest request) {
        items.stream().filter(item -> !item.isRead()).forEach(write -> caller.wrote(write.key(), request));
        return items.stream()
                .map(item -> caller.mayRead(item.key()) ? item : item.withoutPast())
                .toList();
    }

    /**
     * A long body takes several turns of the event loop, so that other requests wait for no more than one operation.
     */
    private void parse(HttpServerRequest request, BatchBody body, Consumer<List<BatchItem>> receiver) {
        long enoughNs = coordinator.clock().monotonicNs() + PARSE_NS_MAX;
        while (!body.isWhole() && coordinator.clock().monotonicNs() < enoughNs) {
            body.readNext();
        }
        if (body.isWhole()) {
            receiver.accept(body.items());
        } else {
            // A timer lets sockets be served in between. A task that follows at once would not.
            Vertx.currentContext()
                    .owner()
                    .setTimer(1, next -> FailedRequest.guard(request.response(), () -> parse(request, body, receiver)));
        }
    }

    private void run(
            HttpServerRequest request,
            AccessCaller caller,
            List<BatchItem> parsed,
            Runnable giveBack,
            Optional<IdempotencyKey> idempotencyKey,
            OperationOptions options) {
        List<BatchItem> items =
                idempotencyKey.map(key -> withKeyOf(parsed, key)).orElse(parsed);
        if (items.stream().anyMatch(item -> item.idempotencyKey().isPresent())) {
            QueryParameters.requireLinearizable("a batch with an " + IdempotencyKey.HEADER, options);
        }
        Reservation held = new Reservation(uploads.memory(), MemoryUse.BATCH);
        BatchAnswer answer = new BatchAnswer(request.response(), held, giveBack);
        new BatchRun(coordinator, held, items, options, limits.idempotencyRetentionMs(), caller.mark(), answer).start();
    }

    private static List<BatchItem> withKeyOf(List<BatchItem> items, IdempotencyKey batch) {
        return IntStream.range(0, items.size())
                .mapToObj(position -> items.get(position).withKeyOf(batch, position))
                .toList();
    }
}
