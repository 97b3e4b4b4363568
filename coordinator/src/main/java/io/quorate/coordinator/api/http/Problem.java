package io.quorate.coordinator.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Errors as RFC 9457 {@code application/problem+json}. Each says what the client may conclude and do. */
public final class Problem {
    public static final String CONTENT_TYPE = "application/problem+json";

    /** {@code retry} of a write that is safe to send again with the same idempotency key. */
    public static final String SAME_KEY = "same-idempotency-key";

    private Problem() {}

    /** Whether the request may have had an effect. */
    public enum Effect {
        NONE("none", "safe"),
        UNKNOWN("unknown", "read-first");

        private final String label;
        private final String retry;

        Effect(String label, String retry) {
            this.label = label;
            this.retry = retry;
        }
    }

    public static ObjectNode of(int status, String detail, Effect effect) {
        ObjectNode body = Json.object();
        body.put("type", "about:blank");
        body.put("title", HttpStatus.title(status));
        body.put("status", status);
        body.put("detail", detail);
        body.put("outcome", effect.label);
        body.put("retry", effect.retry);
        return body;
    }

    /** Answers a wrong request: nothing was applied, and sending it again will not help. */
    public static void refuse(HttpServerResponse response, int status, String detail) {
        send(response, status, refusal(status, detail));
    }

    public static ObjectNode refusal(int status, String detail) {
        ObjectNode body = of(status, detail, Effect.NONE);
        body.remove("retry");
        return body;
    }

    public static void send(HttpServerResponse response, int status, ObjectNode body) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.end(Json.bytes(body.put("requestId", RequestIds.of(response))));
    }
}
