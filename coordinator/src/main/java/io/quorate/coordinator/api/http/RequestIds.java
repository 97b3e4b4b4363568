package io.quorate.coordinator.api.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/**
 * What each request is called, in its answer and in the log: the trace id of its {@code traceparent}, or its
 * {@code X-Request-Id}, or else a name of 16 hexadecimal digits that this process gives it. One for each event loop.
 */
public final class RequestIds {
    private static final CharSequence HEADER = HttpHeaders.createOptimized("Quorate-Request-Id");
    private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized(TraceParent.HEADER);
    private static final CharSequence GIVEN = HttpHeaders.createOptimized("X-Request-Id");

    /** Names of clients' are taken over if nothing needs escaping in them, wherever they are written. */
    private static final int GIVEN_CHARS_MAX = 128;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** @param seed by chance, so that names of different event loops and lives differ */
    public RequestIds(long seed) {
        this.state = seed;
    }

    /** Names a request: from now on its answer bears the name, whatever it will be. */
    public void name(HttpServerRequest request) {
        request.response().putHeader(HEADER, given(request.headers()).orElseGet(this::next));
    }

    /** What the request of an answer was called. */
    public static String of(HttpServerResponse response) {
        String name = response.headers().get(HEADER);
        return name == null ? "" : name;
    }

    private static Optional<String> given(MultiMap headers) {
        if (headers.contains(TRACE_PARENT)) {
            List<String> parents = headers.getAll(TRACE_PARENT);
            Optional<String> trace = parents.size() == 1 ? TraceParent.traceId(parents.get(0)) : Optional.empty();
            if (trace.isPresent()) {
                return trace;
            }
        }
        return Optional.ofNullable(headers.get(GIVEN)).filter(RequestIds::isPlain);
    }

    static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= GIVEN_CHARS_MAX
                && name.chars().allMatch(RequestIds::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._:/+=@".indexOf(c) >= 0;
    }

    /**
     * SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA '14): it gives each number
     * once in 2^64, and names that follow each other differ in their beginning.
     */
    String next() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return hex(mixed ^ (mixed >>> 31));
    }

    private static String hex(long bits) {
        char[] digits = new char[Long.BYTES * 2];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Character.forDigit((int) (bits >>> (60 - 4 * i)) & 0xf, 16);
        }
        return new String(digits);
    }
}
