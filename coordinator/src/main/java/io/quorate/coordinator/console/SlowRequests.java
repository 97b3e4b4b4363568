package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.http.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests that failed or were slow, whoever looked at the time: {@code GET /v1/slow}. Safe for all loops. */
final class SlowRequests implements HttpEndpoint {
    private static final int KEPT_MAX = 100;

    private final long thresholdMs;
    private final Deque<ObjectNode> newestFirst = new ArrayDeque<>(KEPT_MAX);

    SlowRequests(long thresholdMs) {
        this.thresholdMs = thresholdMs;
    }

    /** @param request nobody changes it any more */
    synchronized void add(ObjectNode request) {
        if (newestFirst.size() == KEPT_MAX) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(request);
    }

    private synchronized List<ObjectNode> newestFirst() {
        return List.copyOf(newestFirst);
    }

    @Override
    public boolean owns(String path) {
        return path.equals("/v1/slow");
    }

    @Override
    public void handle(HttpServerRequest request, String path) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            throw new BadRequest(405, request.method() + " is not allowed here; allowed are GET and HEAD");
        }
        ObjectNode body = Json.object().put("thresholdMs", thresholdMs);
        ArrayNode requests = body.putArray("requests");
        newestFirst().forEach(requests::add);
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.bytes(body));
    }
}
