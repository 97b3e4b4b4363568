package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Key;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sees the operations of one event loop end, and shows some of them: when every replica that was asked has answered, or a
 * second after the outcome, so that the late and the dead can be seen. Used on that loop only. What it keeps until then
 * is bounded by {@link DisplayBudget}.
 */
final class RequestWatch implements OperationObserver {
    private static final long PATIENCE_MS = 1_000;
    private static final long FIRST_LOOK_MS = 2;

    private final Console console;
    private final Context loop;
    private final long slowNs;

    RequestWatch(Console console, Context loop, long slowMs) {
        this.console = console;
        this.loop = loop;
        this.slowNs = slowMs == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(slowMs);
    }

    @Override
    public void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome) {
        Clock clock = console.clock();
        long nowNs = clock.monotonicNs();
        long elapsedNs = nowNs - outcome.evidence().startNs();
        boolean hasFailed = EndedRequest.hasFailed(outcome);
        boolean isOrdinary = !hasFailed && elapsedNs < slowNs;
        boolean isWatched = console.isWatched();
        if (isWatched) {
            console.rates().count(kind, hasFailed, elapsedNs);
        } else if (isOrdinary) {
            return;
        }
        if (!console.budget().take(nowNs, isOrdinary)) {
            console.rates().countNotShown();
            return;
        }
        long startMs = clock.wallMs() - TimeUnit.NANOSECONDS.toMillis(elapsedNs);
        EndedRequest request = new EndedRequest(console.nextId(), kind, key, options, outcome, startMs, elapsedNs);
        lookIn(FIRST_LOOK_MS, 0, request, isOrdinary);
    }

    private void lookIn(long delayMs, long waitedMs, EndedRequest request, boolean isOrdinary) {
        loop.owner().setTimer(delayMs, timer -> {
            long nowWaitedMs = waitedMs + delayMs;
            if (request.outcome().evidence().isSettled() || nowWaitedMs >= PATIENCE_MS) {
                show(request, isOrdinary);
            } else {
                lookIn(Math.min(2 * delayMs, PATIENCE_MS - nowWaitedMs), nowWaitedMs, request, isOrdinary);
            }
        });
    }

    private void show(EndedRequest request, boolean isOrdinary) {
        ObjectNode json = request.json(console.node());
        if (!isOrdinary) {
            console.slow().add(json);
        }
        if (console.isWatched()) {
            console.publish(EventStream.event("request", json));
        }
    }
}
