package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.thread.Defects;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.idempotency.Fingerprint;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the operations of a batch, each as if it were a request by itself, {@value #IN_FLIGHT_MAX} at a time. Operations
 * on one key run in their order: the next begins when the one before has its outcome. When the batch's time is up, no
 * further operation begins.
 */
final class BatchRun {
    static final int IN_FLIGHT_MAX = 32;

    /** With more bytes of values than this in the answer, no further value is read. */
    static final int VALUE_BYTES_MAX = 8 << 20;

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
    private final List<BatchItem> items;
    private final OperationOptions options;
    private final long idempotencyRetentionMs;
    private final Consumer<List<ObjectNode>> listener;
    private final ObjectNode[] results;
    private final long startNs;
    /** By key, the operations that wait for the one before them. */
    private final Map<Key, Queue<Integer>> waiting = new HashMap<>();

    private final Queue<Integer> ready = new ArrayDeque<>();
    private int inFlight;
    private int ended;
    private long valueBytes;
    private boolean starting;

    BatchRun(
            Coordinator coordinator,
            List<BatchItem> items,
            OperationOptions options,
            long idempotencyRetentionMs,
            Consumer<List<ObjectNode>> listener) {
        this.idempotencyRetentionMs = idempotencyRetentionMs;
        this.coordinator = coordinator;
        this.items = items;
        this.options = options;
        this.listener = listener;
        this.results = new ObjectNode[items.size()];
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
        startReady();
    }

    /** An operation that ends at once calls this again from within. The outer loop then goes on with the next. */
    private void startReady() {
        if (starting) {
            return;
        }
        starting = true;
        while (inFlight < IN_FLIGHT_MAX && !ready.isEmpty()) {
            inFlight++;
            begin(ready.remove());
        }
        starting = false;
        if (ended == results.length) {
            listener.accept(Arrays.asList(results));
        }
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
        } else if (valueBytes > VALUE_BYTES_MAX) {
            end(
                    index,
                    BatchResult.notBegun(
                            item, 429, "values before this one fill the answer; read it in another batch"));
        } else {
            coordinator.read(item.key(), left, outcome -> {
                valueBytes += outcome.match(BYTES_READ);
                end(index, item, outcome);
            });
        }
    }

    private void write(BatchItem item, Content content, OperationOptions left, Consumer<Outcome> listener) {
        if (item.idempotencyKey().isPresent()) {
            IdempotentRequest named = new IdempotentRequest(
                    item.idempotencyKey().get().requestOn(item.key()),
                    Fingerprint.of(content, item.ttlMs(), Optional.empty()),
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
        ended++;
        inFlight--;
        Integer next = waiting.get(items.get(index).key()).poll();
        if (next != null) {
            ready.add(next);
        }
        startReady();
    }
}
