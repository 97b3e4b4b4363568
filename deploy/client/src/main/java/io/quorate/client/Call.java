package io.quorate.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for any node.
 *
 * @param path with its parameters, and with a question mark in any case
 * @param takesLong whether an attempt may take half of the time of all
 * @param isRepeatable whether it may be sent again after an attempt that may have had its effect: it is a read, or it
 *     has an idempotency key
 */
record Call(String method, String path, List<String> headers, byte[] body, boolean takesLong, boolean isRepeatable) {
    private static final byte[] NONE = {};

    /** A node gives up first, so that it says what it knows. */
    static final long MARGIN_MS = 500;

    static Call of(String method, String path) {
        return new Call(method, path.indexOf('?') < 0 ? path + "?" : path, List.of(), NONE, false, true);
    }

    Call with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Call(method, path, List.copyOf(more), body, takesLong, isRepeatable);
    }

    Call with(byte[] content) {
        return new Call(method, path, headers, content, takesLong, isRepeatable);
    }

    Call takingLong() {
        return new Call(method, path, headers, body, true, isRepeatable);
    }

    Call hasEffectEachTime() {
        return new Call(method, path, headers, body, takesLong, false);
    }

    /**
     * @param timeoutMs of this attempt. The node learns of it, and gives up first
     * @param token of this client, if it has one
     */
    HttpRequest at(URI endpoint, long timeoutMs, BearerToken token) {
        BodyPublisher publisher =
                body.length == 0 && !method.equals("PUT") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(endpoint + path + (path.endsWith("?") ? "" : "&") + "timeout=" + timeoutMs + "ms"))
                .timeout(Duration.ofMillis(timeoutMs + MARGIN_MS))
                .method(method, publisher);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        token.addTo(request, endpoint);
        return request.build();
    }
}
