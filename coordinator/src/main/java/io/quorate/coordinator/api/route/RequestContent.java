package io.quorate.coordinator.api.route;

import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The body that a route takes. */
public enum RequestContent {
    /** The route does not look at a body. */
    NONE,
    ANY_BYTES,
    JSON;

    /**
     * As {@code openapi.yaml} names it, or empty if the route takes no body. Generated clients send bytes of any type
     * as plain bytes.
     */
    public Optional<String> mediaType() {
        return switch (this) {
            case NONE -> Optional.empty();
            case ANY_BYTES -> Optional.of("application/octet-stream");
            case JSON -> Optional.of("application/json");
        };
    }

    /** A body is stored or parsed as it arrives: nothing here decodes one. {@code identity} means that it is plain. */
    void refuseEncoding(HttpServerRequest request) {
        boolean isEncoded = request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity"));
        if (this != NONE && isEncoded) {
            throw new BadRequest(
                    415,
                    "a body with a Content-Encoding is not allowed; send it as it is, with its Content-Type."
                            + " Nothing was applied");
        }
    }
}
