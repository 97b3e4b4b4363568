package io.quorate.deploy.bench.load;

import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.bench.request.Requests;
import io.quorate.deploy.bench.request.SharedHead;
import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The requests that a group sends.
 *
 * @param readRatio the share of reads among key-value requests, 0 to 1
 * @param keys how many keys there are
 * @param valueBytes the length of a value that is written
 * @param operations how many gets a batch has
 * @param head of requests for keys
 * @param seed the same seed chooses the same keys in the same order
 */
public record RequestPlan(
        RequestShape shape,
        double readRatio,
        long keys,
        KeyChoice keyChoice,
        int valueBytes,
        int operations,
        SharedHead head,
        long seed) {
    /** Gives one request after the other, without an end. */
    Supplier<PlannedRequest> requests() {
        SplittableRandom random = new SplittableRandom(seed);
        LongSupplier chosen = keyChoice.over(keys, random.split());
        return shape.isKeyValue() ? keyValues(chosen, random) : shape.repeated(operations, chosen);
    }

    private Supplier<PlannedRequest> keyValues(LongSupplier chosen, SplittableRandom random) {
        Requests requests = new Requests(valueBytes, head, random.split());
        return () -> {
            RequestKind kind = random.nextDouble() < readRatio ? RequestKind.READ : RequestKind.WRITE;
            return new PlannedRequest(kind, requests.of(kind, chosen.getAsLong()));
        };
    }

    /** Writes each key once, in order. */
    Supplier<PlannedRequest> filling() {
        Requests requests = new Requests(valueBytes, head, new SplittableRandom(seed));
        AtomicLong next = new AtomicLong();
        return () ->
                new PlannedRequest(RequestKind.WRITE, requests.of(RequestKind.WRITE, next.getAndIncrement() % keys));
    }

    /** What a client sends at once on a connection whose request it never finishes. */
    Buffer opening() {
        return Buffer.buffer(shape.opening(valueBytes));
    }

    /** What it sends each second from then on. */
    Buffer drip() {
        return Buffer.buffer(shape.drip());
    }
}
