package io.quorate.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends requests to nodes, and learns now and then from one that answers which others there are.
 *
 * @param inFlight of all operations
 * @param token by which the client says who it is
 * @param timeout of an operation with all of its attempts
 * @param attemptTimeout of one attempt, after which another node is asked
 */
record Transport(
        HttpClient http,
        Endpoints endpoints,
        InFlight inFlight,
        BearerToken token,
        Duration timeout,
        Duration attemptTimeout,
        AtomicLong nextLookNs) {
    private static final long LOOK_EVERY_NS = Duration.ofSeconds(60).toNanos();
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(2);

    /** Runs what is due later, on the threads of the HTTP client while there are some. */
    Executor executor() {
        return new SureExecutor(http.executor().orElseThrow());
    }

    long attemptMs(Call call) {
        long usualMs = attemptTimeout.toMillis();
        return call.takesLong() ? Math.max(usualMs, timeout.toMillis() / 2) : usualMs;
    }

    /** The timeout of the request itself ends with the head of the answer, so the body needs one too. */
    CompletableFuture<Answer> attempt(URI endpoint, Call call, long timeoutMs) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(call.at(endpoint, timeoutMs, token), LimitedBody.handler());
        return sent.copy()
                .orTimeout(timeoutMs + Call.MARGIN_MS, TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        sent.cancel(true);
                    }
                })
                .thenApply(Answer::of);
    }

    void answered(URI endpoint) {
        endpoints.answered(endpoint);
        long now = System.nanoTime();
        long due = nextLookNs.get();
        if (now - due >= 0 && nextLookNs.compareAndSet(due, now + LOOK_EVERY_NS)) {
            look(endpoint);
        }
    }

    /** Without a node's answer, the nodes that are known stay. */
    private void look(URI endpoint) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(endpoint + "/v1/cluster")).timeout(LOOK_TIMEOUT);
        token.addTo(request, endpoint);
        http.sendAsync(request.build(), LimitedBody.handler())
                .thenApply(Answer::of)
                .thenAccept(answer -> nodes(endpoint.getScheme(), answer).ifPresent(endpoints::tell))
                .exceptionally(failure -> null);
    }

    /** Those that a node names. Empty if the answer is of another server, or of a node that refuses to say. */
    static Optional<List<URI>> nodes(String scheme, Answer answer) {
        return Optional.of(answer)
                .filter(Answer::isSuccess)
                .map(success -> success.json().get("nodes"))
                .filter(List.class::isInstance)
                .map(nodes -> ((List<?>) nodes)
                        .stream()
                                .filter(Map.class::isInstance)
                                .map(node -> ((Map<?, ?>) node).get("http"))
                                .filter(String.class::isInstance)
                                .map(authority -> URI.create(scheme + "://" + authority))
                                .toList());
    }
}
