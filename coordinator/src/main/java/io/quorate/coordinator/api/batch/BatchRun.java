package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.loop.Asker;
import io.quorate.common.memory.Reservation;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.thread.Defects;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.admission.Places;
import io.quorate.coordinator.api.idempotency.Fingerprint;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the operations of a batch, each as if it were a request by itself, {@value #PLACES_MAX} small ones at a time. A
 * large value takes several places ({@link Places}). While other requests wait for their turn, the batch takes no more
 * than a quarter of the coordinator's limit. Operations on one key run in their order: the next begins when the one
 * before has its outcome. When the batch's time is up, no further operation begins.
 *
 * <p>Each get reserves the bytes that its value may have before it begins, and keeps them until the value is sent.
 * While there is no room, gets wait for the client to read. The first operation without a result never waits: all
 * results behind it wait for its own. So some operation always goes on.
 */
final class BatchRun {
    static final int PLACES_MAX = 32;

    /** With more bytes of values than this in the answer, no further value is read. */
    static final int VALUE_BYTES_MAX = 8 << 20;

    /** Values under way to the client have about this many bytes together. */
    private static final int UNSENT_BYTES_MAX = 4 << 20;

    private static final int EXPECTED_BYTES_MIN = 4 << 10;

    /** A read can only be answered or refused. */
    private static final Outcome.Cases<Integer> BYTES_READ = new Outcome.ExpectedCases<>() {
        @Override
        public Integer read(Outcome.Read read) {
            return read.record().content() instanceof Value value ? value.bytes().length : 0;
        }

        @Override
        public Integer refused(Outcome.Refused refused) {
            return 0;
        }
    };

    private final Coordinator coordinator;
    private final Reservation held;
    private final List<BatchItem> items;
    private final OperationOptions options;
    private final long idempotencyRetentionMs;
    private final String principal;
    private final Receiver receiver;
    private final ObjectNode[] results;
    private final long startNs;
    /** By key, the operations that wait for the one before them. */
    private final Map<Key, Queue<Integer>> waiting = new HashMap<>();

    /** The operations that may begin, the first of the batch first. */
    private final Queue<Integer> ready = new PriorityQueue<>();

    /** How much of {@link #held} is for the value of each operation. */
    private final int[] heldFor;

    /** How long the next value may be, by those before it. */
    private int expectedBytes;

    /** How many places each operation that has begun takes or took. */
    private final int[] places;

    /** By the operations in flight. */
    private int takenPlaces;

    /** How many results the receiver has. */
    private int handedOver;

    private long valueBytes;
    private boolean starting;

    /** Receives the results in the order of the operations. */
    interface Receiver {
        /** @param sent is to be run when the result needs no memory any more */
        void result(ObjectNode result, int valueBytes, Runnable sent);

        /** All results were handed over. */
        void ended();
    }

    /**
     * @param held is charged for values. If others close it, the client has gone, and no further value is read
     * @param principal as {@link Fingerprint} takes it
     */
    BatchRun(
            Coordinator coordinator,
            Reservation held,
            List<BatchItem> items,
            OperationOptions options,
            long idempotencyRetentionMs,
            String principal,
            Receiver receiver) {
        this.principal = principal;
        this.idempotencyRetentionMs = idempotencyRetentionMs;
        this.coordinator = coordinator;
        this.expectedBytes = Math.max(EXPECTED_BYTES_MIN, coordinator.usualValueBytes());
        this.held = held;
        this.items = items;
        this.options = options;
        this.receiver = receiver;
        this.results = new ObjectNode[items.size()];
        this.heldFor = new int[items.size()];
        this.places = new int[items.size()];
        this.startNs = coordinator.clock().monotonicNs();
    }

    void start() {
        for (int i = 0; i < items.size(); i++) {
            Key key = items.get(i).key();
            if (waiting.containsKey(key)) {
                waiting.get(key).add(i);
            } else {
                waiting.put(key, new ArrayDeque<>());
                ready.add(i);
            }
        }
        if (items.isEmpty()) {
            receiver.ended();
        }
        startReady();
    }

    /** An operation that ends at once calls this again from within. The outer loop then goes on with the next. */
    private void startReady() {
        if (starting) {
            return;
        }
        starting = true;
        boolean goesOn = true;
        while (goesOn && !ready.isEmpty()) {
            int index = ready.peek();
            int more = placesFor(items.get(index));
            goesOn = hasPlaces(more) && hasRoomFor(index);
            if (goesOn) {
                ready.remove();
                places[index] = more;
                takenPlaces += more;
                begin(index);
            }
        }
        starting = false;
    }

    /** Alone, an operation may take more places than the batch should. */
    private boolean hasPlaces(int more) {
        return takenPlaces == 0 || takenPlaces + more <= placesMax();
    }

    /** As the coordinator counts the operation. */
    private int placesFor(BatchItem item) {
        return item.content().map(Places::ofWrite).orElseGet(() -> Places.ofRead(options.asker()));
    }

    private int placesMax() {
        return options.asker().othersWait() ? Math.min(PLACES_MAX, coordinator.limit() / Asker.FAIR_PART) : PLACES_MAX;
    }

    /** Whether the operation need not wait for the client. Reserves memory for its value, if there is any. */
    private boolean hasRoomFor(int index) {
        if (items.get(index).content().isPresent() || held.isClosed()) {
            return true;
        }
        boolean fits = held.bytes() == 0 || held.bytes() + expectedBytes <= UNSENT_BYTES_MAX;
        if (fits && held.tryGrowQuietly(expectedBytes)) {
            heldFor[index] = expectedBytes;
            return true;
        }
        return index == handedOver;
    }

    /** A defect in one operation is the result of that operation. The others go on. */
    private void begin(int index) {
        try {
            run(index);
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            end(index, BatchResult.failed(items.get(index)));
        }
    }

    private void run(int index) {
        BatchItem item = items.get(index);
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(coordinator.clock().monotonicNs() - startNs);
        OperationOptions left = options.within(options.timeoutMs() - elapsedMs);
        if (left.timeoutMs() <= 0) {
            end(index, BatchResult.notBegun(item, 503, "the time of the batch was up before this operation began"));
        } else if (item.content().isPresent()) {
            write(item, item.content().get(), left, outcome -> end(index, item, outcome));
        } else if (held.isClosed()) {
            end(index, BatchResult.notBegun(item, 503, "the client has gone"));
        } else if (valueBytes > VALUE_BYTES_MAX) {
            end(
                    index,
                    BatchResult.notBegun(
                            item, 429, "values before this one fill the answer; read it in another batch"));
        } else {
            coordinator.read(item.key(), left, outcome -> read(index, item, outcome));
        }
    }

    void read(int index, BatchItem item, Outcome outcome) {
        int bytes;
        try {
            bytes = outcome.match(BYTES_READ);
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            end(index, BatchResult.failed(item));
            return;
        }
        expectedBytes = Math.max(Math.max(bytes, expectedBytes / 2), EXPECTED_BYTES_MIN);
        if (holds(index, bytes)) {
            valueBytes += bytes;
            end(index, item, outcome);
        } else {
            end(
                    index,
                    BatchResult.notBegun(item, 429, "there is no memory for the value now; read it in another batch"));
        }
    }

    /** Whether there is memory for the value. If so, exactly that much is held for it. */
    private boolean holds(int index, int bytes) {
        if (held.isClosed() || bytes > heldFor[index] && !held.tryGrow(bytes - heldFor[index])) {
            return false;
        }
        if (bytes < heldFor[index]) {
            held.shrink(heldFor[index] - bytes);
        }
        heldFor[index] = bytes;
        return true;
    }

    private void write(BatchItem item, Content content, OperationOptions left, Consumer<Outcome> listener) {
        if (item.idempotencyKey().isPresent()) {
            IdempotentRequest named = new IdempotentRequest(
                    item.idempotencyKey().get().requestOn(item.key()),
                    Fingerprint.of(content, item.ttlMs(), Optional.empty(), principal),
                    idempotencyRetentionMs);
            coordinator.writeOnce(item.key(), content, Optional.empty(), named, left, listener);
        } else {
            coordinator.write(item.key(), content, left, listener);
        }
    }

    private void end(int index, BatchItem item, Outcome outcome) {
        ObjectNode result;
        try {
            result = BatchResult.of(item, outcome);
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            result = BatchResult.failed(item);
        }
        end(index, result);
    }

    private void end(int index, ObjectNode result) {
        results[index] = result;
        takenPlaces -= places[index];
        Integer next = waiting.get(items.get(index).key()).poll();
        if (next != null) {
            ready.add(next);
        }
        handOver();
        startReady();
    }

    private void handOver() {
        while (handedOver < results.length && results[handedOver] != null) {
            int index = handedOver;
            ObjectNode result = results[index];
            results[index] = null;
            handedOver++;
            receiver.result(result, heldFor[index], () -> sent(index));
            if (handedOver == results.length) {
                receiver.ended();
            }
        }
    }

    private void sent(int index) {
        if (!held.isClosed()) {
            held.shrink(heldFor[index]);
            heldFor[index] = 0;
            startReady();
        }
    }
}
