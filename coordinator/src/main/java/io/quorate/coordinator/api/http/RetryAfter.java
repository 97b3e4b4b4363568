package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Tells a client that was refused for now when to come back: after 1 to {@value #S_MAX} s. Clients that were refused
 * together get different times, so that they do not come back together.
 */
public final class RetryAfter {
    static final int S_MAX = 3;

    private static final CharSequence HEADER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence[] SECONDS = {"1", "2", "3"};

    private RetryAfter() {}

    public static void put(HttpServerResponse response) {
        response.putHeader(HEADER, secondsOf(RequestIds.of(response)));
    }

    /** The id of a request differs from all others, so it draws the time. */
    static CharSequence secondsOf(String requestId) {
        return SECONDS[Math.floorMod(requestId.hashCode(), S_MAX)];
    }
}
