package io.quorate.coordinator.api.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/**
 * Gives each request an id for its answer and for the log. It is the trace id of {@code traceparent}, or else the
 * {@code X-Request-Id}, or else 16 hexadecimal digits that this process makes. There is one for each event loop.
 */
public final class RequestIds {
    private static final CharSequence HEADER = HttpHeaders.createOptimized("Quorate-Request-Id");
    private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized(TraceParent.HEADER);
    private static final CharSequence GIVEN = HttpHeaders.createOptimized("X-Request-Id");

    /** A client's id is used if it is not longer, and if no place where it is written has to escape it. */
    private static final int GIVEN_CHARS_MAX = 128;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** @param seed random, so that the ids of different event loops and processes differ */
    public RequestIds(long seed) {
        this.state = seed;
    }

    /** Gives a request its id. From now on its answer has the header, with any status. */
    public void name(HttpServerRequest request) {
        put(request.response(), given(request.headers()).orElseGet(this::next));
    }

    static void put(HttpServerResponse response, String id) {
        response.putHeader(HEADER, id);
    }

    /** The id of the request that an answer is for. */
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
     * SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA '14). It gives each
     * number once in 2^64. Ids that follow each other differ in their first digits.
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
