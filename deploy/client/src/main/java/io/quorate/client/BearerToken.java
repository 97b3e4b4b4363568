package io.quorate.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** By which a client says who it is. It is asked for each request, so that it may change. */
record BearerToken(Optional<Supplier<String>> source) {
    static final BearerToken NONE = new BearerToken(Optional.empty());

    /** Only with TLS: otherwise anybody on the way could read it. */
    void addTo(HttpRequest.Builder request, URI endpoint) {
        if (source.isPresent() && "https".equals(endpoint.getScheme())) {
            request.setHeader("Authorization", "Bearer " + source.get().get().strip());
        }
    }
}
