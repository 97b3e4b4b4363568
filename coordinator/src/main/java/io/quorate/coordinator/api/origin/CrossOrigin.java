package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Decides what a page in a browser may do here, by the {@code Origin} that its browser states. A member's page may read
 * and write. A page of any other origin may change nothing. The API asks for no password, so a foreign page in a
 * browser beside a node could otherwise send a batch. A request without an origin does not come from a page, and
 * passes.
 */
public final class CrossOrigin implements Handler<HttpServerRequest> {
    private static final String METHODS = "GET, HEAD, PUT, DELETE, POST";
    private static final String REQUEST_HEADERS =
            "Content-Type, If-Match, If-None-Match, Idempotency-Key, Cache-Control, Last-Event-ID";
    private static final String RESPONSE_HEADERS =
            "ETag, Quorate-Evidence, Quorate-Request-Id, Content-Type, Quorate-Expires-In, Retry-After";
    private static final String PREFLIGHT_HOLDS_S = "600";

    private final Origins origins;
    private final Handler<HttpServerRequest> next;

    public CrossOrigin(Origins origins, Handler<HttpServerRequest> next) {
        this.origins = origins;
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            next.handle(request);
            return;
        }
        request.response().putHeader("Vary", "Origin");
        boolean isMember = origins.contain(origin);
        if (isMember) {
            request.response()
                    .putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
        }
        if (changesNothing(request.method()) || isMember || Origins.isSameHost(request, origin)) {
            answer(request);
        } else {
            Problem.refuse(
                    request.response(),
                    403,
                    "a page from " + origin + " may not change anything here; pages from " + origins.names()
                            + " may. Nothing was applied");
        }
    }

    private static boolean changesNothing(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
    }

    private void answer(HttpServerRequest request) {
        boolean isPreflight =
                request.method() == HttpMethod.OPTIONS && request.headers().contains("Access-Control-Request-Method");
        if (isPreflight) {
            answerPreflight(request.response());
        } else {
            next.handle(request);
        }
    }

    /** The answer to a foreign page has no such header. Its browser takes that for a no. */
    private static void answerPreflight(HttpServerResponse response) {
        if (response.headers().contains("Access-Control-Allow-Origin")) {
            response.putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", REQUEST_HEADERS)
                    .putHeader("Access-Control-Max-Age", PREFLIGHT_HOLDS_S);
        }
        response.setStatusCode(204).end();
    }
}
