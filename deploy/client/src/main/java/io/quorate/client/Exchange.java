package io.quorate.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;

/** The attempts of one call, one after the other, until an answer decides or the time is over. */
final class Exchange {
    private static final long PAUSE_MS_MIN = 10;
    private static final long PAUSE_MS_MAX = 500;

    private final Transport transport;
    private final Call call;
    private final long deadlineNs;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    // One attempt at a time uses them.
    private final Set<URI> tried = new HashSet<>();
    private long pauseMs = PAUSE_MS_MIN;
    private Optional<Answer> last = Optional.empty();
    private boolean ambiguous;
    private String why = "no time for an attempt";

    Exchange(Transport transport, Call call) {
        this.transport = transport;
        this.call = call;
        this.deadlineNs = System.nanoTime() + transport.timeout().toNanos();
    }

    /** Waits for its turn first. Its time runs already. */
    CompletableFuture<Ending> start() {
        transport.inFlight().enter(() -> guard(this::attempt));
        return ending.whenComplete((any, failure) -> transport.inFlight().leave());
    }

    private void attempt() {
        long leftMs = leftMs();
        Optional<URI> endpoint = transport.endpoints().next(tried);
        if (leftMs <= 0) {
            end();
        } else if (endpoint.isEmpty()) {
            tried.clear();
            pause(0);
        } else {
            attempt(endpoint.get(), Math.min(leftMs, transport.attemptMs(call)));
        }
    }

    private void attempt(URI endpoint, long timeoutMs) {
        transport.attempt(endpoint, call, timeoutMs).whenComplete((answer, failure) -> {
            if (failure == null) {
                guard(() -> answered(endpoint, answer));
            } else {
                guard(() -> failed(endpoint, failure instanceof CompletionException ? failure.getCause() : failure));
            }
        });
    }

    /** Nobody else sees what is thrown on a thread of the client, and the call would have no end. */
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            ending.completeExceptionally(e);
        }
    }

    private void answered(URI endpoint, Answer answer) {
        last = Optional.of(answer);
        if (!answer.isForNow()) {
            transport.answered(endpoint);
            end();
            return;
        }
        ambiguous |= answer.isUnknown();
        if (endsInDoubt()) {
            return;
        }
        if (answer.isContention()) {
            pause(0);
            return;
        }
        tried.add(endpoint);
        if (answer.isShed()) {
            pause(answer.retryAfterMs());
        } else {
            transport.endpoints().failed(endpoint);
            attempt();
        }
    }

    private void failed(URI endpoint, Throwable failure) {
        ambiguous |= !wasNotSent(failure);
        why = endpoint + ": "
                + (failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
        tried.add(endpoint);
        transport.endpoints().failed(endpoint);
        if (!endsInDoubt()) {
            attempt();
        }
    }

    /** What may have had its effect, and would have it again, is not sent again. */
    private boolean endsInDoubt() {
        if (ambiguous && !call.isRepeatable()) {
            end();
            return true;
        }
        return false;
    }

    /**
     * Only a failure before the connection is open proves that the node has seen nothing. By TLS it is open at the end
     * of the handshake.
     */
    private static boolean wasNotSent(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SSLHandshakeException;
    }

    /** Each pause is longer than the one before, and by chance, so that clients do not come back together. */
    private void pause(long leastMs) {
        long ms = Math.max(leastMs, pauseMs / 2 + ThreadLocalRandom.current().nextLong(pauseMs));
        pauseMs = Math.min(PAUSE_MS_MAX, 2 * pauseMs);
        if (ms >= leftMs()) {
            end();
        } else {
            CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS, transport.executor())
                    .execute(() -> guard(this::attempt));
        }
    }

    private long leftMs() {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
    }

    private void end() {
        ending.complete(new Ending(last, ambiguous, why));
    }
}
