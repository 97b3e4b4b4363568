package io.quorate.coordinator.console;

import io.quorate.common.model.Key;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.round.Round;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sees the operations of one event loop end, and shows some of them. It shows a request when every replica that was
 * asked has answered, or a second after the outcome. So late and dead replicas can be seen. A failed one waits for a
 * quarter of that, since the page turns red by it. {@link DisplayRateLimiter} bounds how many requests it keeps until
 * then.
 *
 * <p>Thread: the event loop of its operations.
 */
final class RequestWatch implements OperationObserver {
    private static final long WAIT_MS_MAX = 1_000;
    private static final long WAIT_OF_FAILED_MS_MAX = 250;
    private static final long FIRST_LOOK_MS = 2;
    private static final long VALUE_BYTES_HELD_MAX = 4 << 10;

    private final ConsoleState console;
    private final Context loop;
    private final long slowNs;

    RequestWatch(ConsoleState console, Context loop, long slowMs) {
        this.console = console;
        this.loop = loop;
        this.slowNs = slowMs == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(slowMs);
    }

    @Override
    public void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome) {
        Clock clock = console.clock();
        long nowNs = clock.monotonicNs();
        long elapsedNs = nowNs - outcome.evidence().startNs();
        boolean hasFailed = OutcomeName.of(outcome).isFailure() && !isOfOneKey(outcome);
        boolean isOrdinary = !hasFailed && elapsedNs < slowNs;
        console.rates().count(kind, hasFailed, elapsedNs);
        if (isOrdinary && !console.audience().isWatching()) {
            return;
        }
        if (!console.limiter().tryAcquire(nowNs, isOrdinary)) {
            console.rates().countNotShown();
            return;
        }
        long startMs = clock.wallMs() - TimeUnit.NANOSECONDS.toMillis(elapsedNs);
        EndedRequest request = new EndedRequest(console.nextId(), kind, key, options, outcome, startMs, elapsedNs);
        if (holdsValues(outcome)) {
            // To wait for late answers would keep the values in memory, and nothing counts them any more.
            show(request, isOrdinary);
        } else {
            lookIn(FIRST_LOOK_MS, hasFailed ? WAIT_OF_FAILED_MS_MAX : WAIT_MS_MAX, request, isOrdinary);
        }
    }

    /** Whether it was refused, and that says nothing about the cluster. Then it counts as a failed condition does. */
    private static boolean isOfOneKey(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused && refused.reason().isOfOneKey();
    }

    private static boolean holdsValues(Outcome outcome) {
        return outcome.evidence().rounds().stream()
                        .mapToLong(Round::contentBytes)
                        .sum()
                > VALUE_BYTES_HELD_MAX;
    }

    /** @param leftMs how long to wait for the replicas at most */
    private void lookIn(long delayMs, long leftMs, EndedRequest request, boolean isOrdinary) {
        loop.owner().setTimer(delayMs, timer -> {
            long nowLeftMs = leftMs - delayMs;
            if (request.outcome().evidence().isSettled() || nowLeftMs <= 0) {
                show(request, isOrdinary);
            } else {
                lookIn(Math.min(2 * delayMs, nowLeftMs), nowLeftMs, request, isOrdinary);
            }
        });
    }

    private void show(EndedRequest request, boolean isOrdinary) {
        ShownRequest shown = request.shown(console.node());
        if (!isOrdinary) {
            console.slow().add(shown);
        }
        if (console.audience().isWatching()) {
            console.audience().publish(WatchedEvent.of(shown));
        }
    }
}
