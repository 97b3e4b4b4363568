package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpServerRequest;

/** Something that a process answers beside the keys and values of its cluster, at paths of its own. */
public interface HttpEndpoint {
    /** Whether it answers requests for this path, which is as it was sent, without the query. */
    boolean owns(String path);

    /**
     * Answers on the event loop of the request.
     *
     * @throws BadRequest if the request is wrong; it is answered with that
     */
    void handle(HttpServerRequest request, String path);
}
