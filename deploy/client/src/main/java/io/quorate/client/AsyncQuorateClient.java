package io.quorate.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * As {@link QuorateClient}, without blocking: from {@link QuorateClient#async}. A future of a read ends with a
 * {@link ReadFailedException} if the read failed. A future of a write ends with its {@link WriteResult} in any case.
 * Cancelling a future takes nothing back.
 */
public final class AsyncQuorateClient {
    private final Transport transport;

    AsyncQuorateClient(Transport transport) {
        this.transport = transport;
    }

    Endpoints endpoints() {
        return transport.endpoints();
    }

    private CompletableFuture<Ending> send(Call call) {
        return new Exchange(transport, call).start();
    }

    public CompletableFuture<Optional<Entry>> get(Key key) {
        return get(key, Consistency.LINEARIZABLE);
    }

    public CompletableFuture<Optional<Entry>> get(Key key, Consistency consistency) {
        String level = consistency == Consistency.LINEARIZABLE ? "" : "?consistency=" + consistency.parameter();
        return send(Call.of("GET", path(key) + level)).thenApply(ending -> entry(key, ending));
    }

    private static Optional<Entry> entry(Key key, Ending ending) {
        if (ending.answer().filter(Answer::isAbsent).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(entry(key, ending.success()));
    }

    private static Entry entry(Key key, Answer answer) {
        String type = answer.header("Content-Type").orElse(Value.DEFAULT_CONTENT_TYPE);
        return new Entry(
                key,
                Value.of(answer.body(), type),
                answer.version().orElseThrow(),
                answer.header("Quorate-Expires-At").map(Instant::parse));
    }

    public CompletableFuture<WriteResult> put(Key key, Value value, WriteOptions options) {
        return write(callToPut(key, value, options), options);
    }

    /** Writes if the condition holds. */
    public CompletableFuture<WriteResult> putIf(Key key, Value value, Condition condition, WriteOptions options) {
        return write(condition.on(callToPut(key, value, options)), options);
    }

    private static Call callToPut(Key key, Value value, WriteOptions options) {
        return Call.of("PUT", path(key) + life(options))
                .with("Content-Type", value.contentType())
                .with(value.content());
    }

    private static String life(WriteOptions options) {
        return options.timeToLive()
                .map(duration -> "?ttl=" + duration.toMillis() + "ms")
                .orElse("");
    }

    /** Applied also if there is nothing to delete. A time to live has no meaning here. */
    public CompletableFuture<WriteResult> delete(Key key, WriteOptions options) {
        return write(Call.of("DELETE", path(key)), options);
    }

    /** Deletes if the condition holds. */
    public CompletableFuture<WriteResult> deleteIf(Key key, Condition condition, WriteOptions options) {
        return write(condition.on(Call.of("DELETE", path(key))), options);
    }

    /** Changes the value by a function of it. */
    public CompletableFuture<WriteResult> change(Key key, Change change, WriteOptions options) {
        return write(
                Call.of("PATCH", path(key) + life(options))
                        .with("Content-Type", "application/json")
                        .with(change.body()),
                options);
    }

    private CompletableFuture<WriteResult> write(Call call, WriteOptions options) {
        if (options.isAtMostOnce()) {
            return send(call.hasEffectEachTime()).thenApply(ending -> ending.asWriteResult(Optional.empty()));
        }
        String idempotencyKey = options.idempotencyKey().orElseGet(AsyncQuorateClient::newIdempotencyKey);
        return send(call.with("Idempotency-Key", idempotencyKey))
                .thenApply(ending -> ending.asWriteResult(Optional.of(idempotencyKey)));
    }

    private static String newIdempotencyKey() {
        return UUID.randomUUID().toString();
    }

    /**
     * A page of a range.
     *
     * @param cursor of the page before, or empty for the first one
     */
    public CompletableFuture<Page> page(ScanRange range, Optional<String> cursor) {
        return send(range.page(cursor)).thenApply(ending -> Page.of(ending.success()));
    }

    /**
     * The results in the order of the operations. What a node had no time or no room for has the status 503 or 429, and
     * is not sent again by itself.
     */
    public CompletableFuture<List<BatchResult>> batch(Batch batch) {
        List<Batch.Operation> operations = batch.operations();
        String idempotencyKey = newIdempotencyKey();
        Call call = Call.of("POST", "/v1/batch")
                .with("Content-Type", "application/json")
                .with("Idempotency-Key", idempotencyKey)
                .with(Batch.body(operations))
                .takingLong();
        return send(call).thenApply(ending -> BatchAnswer.of(operations, ending, idempotencyKey));
    }

    private static String path(Key key) {
        return "/v1/kv/" + Bytes.percentEncoded(key.bytes());
    }
}
