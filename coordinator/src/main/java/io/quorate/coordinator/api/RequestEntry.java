package io.quorate.coordinator.api;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.RequestHead;
import io.quorate.coordinator.api.http.RequestIds;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * The first steps of every request, before its route is known. A request that goes no further is in the audit too.
 *
 * <p>Thread: used on one event loop.
 */
final class RequestEntry {
    private final RequestIds ids;
    private final AccessControl control;

    RequestEntry(RequestIds ids, AccessControl control) {
        this.ids = ids;
        this.control = control;
    }

    /** Whatever {@code next} throws becomes the answer. */
    void enter(HttpServerRequest request, Handler<HttpServerRequest> next) {
        AnswerHeaders.begin(request, ids);
        FailedRequest.guard(request.response(), () -> {
            if (RequestHead.accepts(request)) {
                next.handle(request);
            } else {
                control.malformed(request);
            }
        });
    }

    /** Answers bytes that are not HTTP, or too long. The connection ends with the answer. */
    void refuse(HttpServerRequest invalid) {
        AnswerHeaders.begin(invalid, ids);
        RequestHead.refuse(invalid);
        control.malformed(invalid);
    }
}
