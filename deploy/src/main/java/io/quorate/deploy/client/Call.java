package io.quorate.deploy.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request, for any of the endpoints.
 *
 * @param uri path and query, as they are sent
 * @param headers in the order in which they are shown
 * @param body empty for none
 * @param waitMs how long to wait for an answer. It is longer than the server's own limit, because an answer says more
 *     than silence
 * @param ifUnknown advice for a change without an answer
 */
public record Call(
        String method,
        String uri,
        Map<String, String> headers,
        Optional<Payload> body,
        CallEffect effect,
        long waitMs,
        String ifUnknown) {
    /** A server's own limit is 2 s unless it is configured otherwise. */
    private static final long WAIT_MS = 15_000;

    /** Eleven days. Nobody waits for longer. */
    private static final long WAIT_MS_MAX = 1_000_000_000;

    /** On top of the time limit that the request gives the server. */
    private static final long WAIT_SLACK_MS = 3_000;

    public static Call get(String uri) {
        return new Call("GET", uri, Map.of(), Optional.empty(), CallEffect.NONE, WAIT_MS, "");
    }

    public static Call change(String method, String uri, Optional<Payload> body, String ifUnknown) {
        return new Call(method, uri, Map.of(), body, CallEffect.CHANGE, WAIT_MS, ifUnknown);
    }

    public Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, uri, more, body, effect, waitMs, ifUnknown);
    }

    /** For a request that gives the server a time limit. */
    public Call answeredWithin(long timeoutMs) {
        return new Call(
                method, uri, headers, body, effect, Math.min(timeoutMs, WAIT_MS_MAX) + WAIT_SLACK_MS, ifUnknown);
    }
}
