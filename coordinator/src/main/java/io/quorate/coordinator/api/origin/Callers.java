package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.access.AccessControl;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who may call this process from a browser. Programs may always, under one of its names. Immutable.
 *
 * @param hosts the names of this process
 * @param origins those of the pages that may use it
 */
public record Callers(HostNames hosts, Origins origins) {
    /**
     * Checks each request before {@code next} gets it. For one event loop.
     *
     * @param control makes the refusals
     */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> next, AccessControl control) {
        return new HostCheck(hosts, new CrossOrigin(origins, next, control), control);
    }

    /** Lets the page of an allowed origin read an answer that is sent before these checks. */
    public void putHeaders(HttpServerRequest request) {
        CrossOrigin.putHeaders(request, origins);
    }
}
