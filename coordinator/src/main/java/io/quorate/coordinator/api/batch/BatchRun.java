package io.quorate.coordinator.api.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.idempotency.Fingerprint;
import io.quorate.coordinator.api.outcome.EvidenceText;
import io.quorate.coordinator.api.outcome.OutcomeStatus;
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
 * Runs the operations of a batch, each as the single request it stands for, some of them at a time. Those on one key run
 * in their order, the next when the one before has its outcome, whatever that is. What has not begun when the batch's time
 * is up is not begun.
 */
final class BatchRun {
    static final int IN_FLIGHT_MAX = 32;

    /** Bytes of values in the answer behind which no further value is read. */
    static final int SHOWN_BYTES_MAX = 8 << 20;

    private final Coordinator coordinator;
    private final List<BatchItem> items;
    private final OperationOptions options;
    private final long idempotencyRetentionMs;
    private final Consumer<List<ObjectNode>> listener;
    private final ObjectNode[] results;
    private final long startNs;
    private final Map<Key, Queue<Integer>> behind = new HashMap<>();
    private final Queue<Integer> ready = new ArrayDeque<>();
    private int inFlight;
    private int ended;
    private long shownBytes;
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
            if (behind.containsKey(key)) {
                behind.get(key).add(i);
            } else {
                behind.put(key, new ArrayDeque<>());
                ready.add(i);
            }
        }
        startReady();
    }

    /** An operation that ends at once comes back into this; the loop that is under way then goes on with the next. */
    private void startReady() {
        if (starting) {
            return;
        }
        starting = true;
        while (inFlight < IN_FLIGHT_MAX && !ready.isEmpty()) {
            inFlight++;
            run(ready.remove());
        }
        starting = false;
        if (ended == results.length) {
            listener.accept(Arrays.asList(results));
        }
    }

    private void run(int index) {
        BatchItem item = items.get(index);
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(coordinator.clock().monotonicNs() - startNs);
        OperationOptions left = options.within(options.timeoutMs() - elapsedMs);
        if (left.timeoutMs() <= 0) {
            end(index, notBegun(503, "the time of the batch was up before this operation began"));
        } else if (item.content().isPresent()) {
            write(index, item, item.content().get(), left);
        } else if (shownBytes > SHOWN_BYTES_MAX) {
            end(index, notBegun(429, "the values before this one fill the answer; ask for it in another batch"));
        } else {
            coordinator.read(item.key(), left, outcome -> end(index, read(item.key(), outcome)));
        }
    }

    private void write(int index, BatchItem item, Content content, OperationOptions left) {
        boolean repeats = item.repeatedAs().isPresent();
        Consumer<Outcome> whenDone = outcome -> end(index, written(content, repeats, outcome));
        if (repeats) {
            IdempotentRequest repeatable = new IdempotentRequest(
                    item.repeatedAs().get().requestOn(item.key()),
                    Fingerprint.of(content, item.ttlMs(), ""),
                    idempotencyRetentionMs);
            coordinator.writeOnce(item.key(), content, Optional.empty(), repeatable, left, whenDone);
        } else {
            coordinator.write(item.key(), content, left, whenDone);
        }
    }

    private void end(int index, ObjectNode result) {
        BatchItem item = items.get(index);
        ObjectNode labelled = Json.object();
        labelled.put("op", item.op());
        Json.putKey(labelled, item.key());
        labelled.setAll(result);
        results[index] = labelled;
        ended++;
        inFlight--;
        Integer next = behind.get(item.key()).poll();
        if (next != null) {
            ready.add(next);
        }
        startReady();
    }

    private ObjectNode read(Key key, Outcome outcome) {
        if (!(outcome instanceof Outcome.Read read)) {
            return failed(outcome, false);
        }
        Record record = read.record();
        ObjectNode result = Json.object();
        boolean found = !record.isTombstone();
        putOutcome(result, found ? 200 : 404, record.version(), outcome);
        if (found && record.content() instanceof Value value) {
            shownBytes += value.bytes().length;
            if (!value.contentType().equals(Value.DEFAULT_CONTENT_TYPE)) {
                result.put("contentType", value.contentType());
            }
            Json.putBytes(result, "value", value.bytes());
        } else {
            result.set("problem", Problem.refusal(404, "no value under the key '" + key + "'"));
        }
        return result;
    }

    private static ObjectNode written(Content content, boolean repeatable, Outcome outcome) {
        if (!(outcome instanceof Outcome.Applied applied)) {
            return failed(outcome, repeatable);
        }
        int status = content instanceof Value ? applied.created() ? 201 : 200 : 204;
        ObjectNode result = putOutcome(Json.object(), status, applied.version(), outcome);
        return applied.repeated().isPresent() ? result.put("replayed", true) : result;
    }

    private static ObjectNode putOutcome(ObjectNode result, int status, Version version, Outcome outcome) {
        result.put("status", status);
        if (!version.equals(Version.ZERO)) {
            result.put("version", version.toString());
        }
        return result.put("evidence", EvidenceText.of(outcome.evidence()));
    }

    private static ObjectNode failed(Outcome outcome, boolean repeatable) {
        ObjectNode problem = OutcomeStatus.problem(outcome, repeatable);
        ObjectNode result = Json.object();
        result.set("status", problem.get("status"));
        result.put("evidence", EvidenceText.of(outcome.evidence()));
        return result.set("problem", problem);
    }

    private static ObjectNode notBegun(int status, String why) {
        ObjectNode result = Json.object().put("status", status);
        return result.set("problem", Problem.of(status, why + "; nothing was applied", Problem.AppliedState.NONE));
    }
}
