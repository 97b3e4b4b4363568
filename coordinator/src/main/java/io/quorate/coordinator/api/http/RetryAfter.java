package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells a client that was refused for now when to come back: after 1 to {@value #S_MAX} s. Clients that were refused
 * together get different times, so that they do not come back together.
 */
public final class RetryAfter {
    static final int S_MAX = 3;

    private static final CharSequence HEADER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence[] SECONDS = {"1", "2", "3"};

    private static final AtomicInteger REFUSED = new AtomicInteger();

    private RetryAfter() {}

    public static void put(HttpServerResponse response) {
        response.putHeader(HEADER, next());
    }

    /** In turn. A client may name its requests, and give many of them one id. */
    static CharSequence next() {
        return SECONDS[Math.floorMod(REFUSED.getAndIncrement(), S_MAX)];
    }
}
