package io.quorate.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What came back from an endpoint. Not always a node is there: a proxy may answer, or whoever has the port now. */
record Answer(int status, HttpHeaders headers, byte[] body) {
    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** A node names each request that it answers. */
    static boolean isOfNode(HttpHeaders headers) {
        return headers.firstValue("Quorate-Request-Id").isPresent();
    }

    private boolean isOfNode() {
        return isOfNode(headers);
    }

    /** Whether a node says that it did what was asked. */
    boolean isSuccess() {
        return isOfNode() && status >= 200 && status < 300;
    }

    /** Whether a node says that the condition of a write did not hold. */
    boolean isConditionFailed() {
        return isOfNode() && status == 412;
    }

    /** Whether a node says that its read found no value. Its 404 for a path that it does not know has no evidence. */
    boolean isAbsent() {
        return isOfNode() && status == 404 && header("Quorate-Evidence").isPresent();
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    Optional<Version> version() {
        return header("ETag")
                .filter(tag -> tag.length() > 2)
                .map(tag -> new Version(tag.substring(1, tag.length() - 1)));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A field of a JSON body, if it is a text. */
    Optional<String> text(String field) {
        return json().get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** What an {@code add} made. The answer to another write has no number as its value. */
    OptionalLong sum() {
        try {
            return text("value").stream().mapToLong(Long::parseLong).findFirst();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The object of a JSON body, or an empty one. */
    Map<?, ?> json() {
        try {
            return Json.read(text()) instanceof Map<?, ?> object ? object : Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    boolean isProblem() {
        return isOfNode()
                && header("Content-Type")
                        .filter("application/problem+json"::equals)
                        .isPresent();
    }

    /** What a problem says in words. */
    String detail() {
        return isProblem() && json().get("detail") instanceof String detail
                ? status + ": " + detail
                : "status " + status + " without a reason; is a node of Quorate there?";
    }

    /**
     * Whether a write may have been applied by the attempt that this answers. Another server proves nothing by any
     * status: a proxy may have sent the write on. After an error of a node, only its problem proves that it was not.
     */
    boolean isUnknown() {
        return isProblem() ? "unknown".equals(json().get("outcome")) : status >= 500 || !isOfNode();
    }

    /** Whether the same request may have a better answer soon, or through another node. */
    boolean isForNow() {
        return !isOfNode() || status == 409 || status == 429 || status == 408 || status >= 500 && status != 507;
    }

    /** Whether a node says that the same request may go soon, through itself too. */
    boolean isContention() {
        return isOfNode() && status == 409;
    }

    /** Whether a node says that it has too much to do. */
    boolean isShed() {
        return isOfNode() && status == 429;
    }

    /** How long the node asks to wait. */
    long retryAfterMs() {
        try {
            return 1_000 * header("Retry-After").map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException e) {
            return 0; // a date, by a proxy
        }
    }
}
