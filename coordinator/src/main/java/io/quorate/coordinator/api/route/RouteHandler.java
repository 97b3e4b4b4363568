package io.quorate.coordinator.api.route;

import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpServerRequest;

/** Answers the requests of a route, on the event loop of each request. */
public interface RouteHandler {
    /**
     * @param variable the part of the path in place of the template's variable, still percent-encoded
     * @param caller may send this request. A handler that shows keys asks it for each
     * @throws BadRequest if the request is wrong. The exception becomes the answer
     */
    void handle(HttpServerRequest request, String variable, AccessCaller caller);
}
