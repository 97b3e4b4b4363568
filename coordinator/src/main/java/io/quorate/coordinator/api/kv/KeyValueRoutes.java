package io.quorate.coordinator.api.kv;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.Requirement.KeyOfPath;
import io.quorate.coordinator.api.function.FunctionAnswer;
import io.quorate.coordinator.api.function.FunctionBody;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.Uploads;
import io.quorate.coordinator.api.http.UriText;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.function.RegisterFunction;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /v1/kv/{key}}: GET, HEAD, PUT, PATCH and DELETE of one key. Runs what {@link KeyValueRequest} has parsed. */
public final class KeyValueRoutes {
    private final Coordinator coordinator;
    private final ApiLimits limits;
    private final Uploads uploads;

    public KeyValueRoutes(Coordinator coordinator, ApiLimits limits, Uploads uploads) {
        this.coordinator = coordinator;
        this.limits = limits;
        this.uploads = uploads;
    }

    /** @param encodedKey as the path has it, here and in the other routes */
    public void read(HttpServerRequest request, String encodedKey) {
        Key key = UriText.key(encodedKey);
        KeyValueRequest read = KeyValueRequest.parse(request, limits);
        ReadAnswer answer = new ReadAnswer(
                request, key, read.explain(), ReadConditions.of(request), coordinator.time(), uploads.memory());
        coordinator.read(key, read.options(), answer::send);
    }

    public void put(HttpServerRequest request, String encodedKey, AccessCaller caller) {
        Key key = UriText.key(encodedKey);
        WriteRequest write = WriteRequest.parsePut(request, limits);
        String contentType = WriteRequest.contentType(request);
        RequestBody.read(
                request,
                limits.valueBytesMax(),
                "the value is longer than " + limits.valueBytesMax()
                        + " bytes, the most that valueBytesMax of this cluster allows. Nothing was applied",
                uploads,
                bytes -> write(
                        request,
                        KeyOfPath.WRITE.again(caller, request, encodedKey),
                        key,
                        write,
                        Value.of(bytes, contentType, expiresAtMs(write))));
    }

    public void patch(HttpServerRequest request, String encodedKey, AccessCaller caller) {
        Key key = UriText.key(encodedKey);
        WriteRequest write = WriteRequest.parsePatch(request, limits);
        int bytesMax = FunctionBody.bytesMax(limits.valueBytesMax());
        RequestBody.read(
                request,
                bytesMax,
                "the function is longer than " + bytesMax + " bytes. Nothing was applied",
                uploads,
                body -> change(
                        request,
                        KeyOfPath.CHANGE.again(caller, request, encodedKey),
                        key,
                        write,
                        FunctionBody.parse(body, limits.valueBytesMax(), expiresAtMs(write))));
    }

    private void change(
            HttpServerRequest request, AccessCaller caller, Key key, WriteRequest write, RegisterFunction function) {
        Optional<IdempotentRequest> named = write.idempotencyKey()
                .map(any -> write.named(key, function, limits.idempotencyRetentionMs(), caller.mark()));
        Consumer<Outcome> answer = new FunctionAnswer(
                        request.response(),
                        key,
                        function,
                        write.common().explain(),
                        named.isPresent(),
                        coordinator.time())::send;
        if (named.isPresent()) {
            coordinator.changeOnce(key, function, named.get(), write.options(), answer);
        } else {
            coordinator.change(key, function, write.options(), answer);
        }
    }

    public void delete(HttpServerRequest request, String encodedKey, AccessCaller caller) {
        Key key = UriText.key(encodedKey);
        write(request, caller, key, WriteRequest.parseDelete(request, limits), Tombstone.TOMBSTONE);
    }

    /** The time to live begins when the whole value has arrived, however long its sender took. */
    private long expiresAtMs(WriteRequest write) {
        return write.ttlMs().isPresent()
                ? coordinator.time().expiresAtMs(write.ttlMs().getAsLong())
                : Value.NEVER_EXPIRES;
    }

    private void write(HttpServerRequest request, AccessCaller caller, Key key, WriteRequest write, Content content) {
        Consumer<Outcome> answer =
                new WriteAnswer(request.response(), key, write, content, coordinator.time(), caller.mayRead(key))::send;
        if (write.idempotencyKey().isPresent()) {
            IdempotentRequest named = write.named(key, content, limits.idempotencyRetentionMs(), caller.mark());
            coordinator.writeOnce(key, content, write.precondition(), named, write.options(), answer);
        } else if (write.precondition().isPresent()) {
            coordinator.writeIf(key, content, write.precondition().get(), write.options(), answer);
        } else {
            coordinator.write(key, content, write.options(), answer);
        }
    }
}
