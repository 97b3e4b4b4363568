package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * {@code GET /v1/slow}: the last requests that failed or were slow, watched or not. Safe for use by all event loops.
 */
final class SlowRequests implements HttpEndpoint {
    private static final int KEPT_MAX = 100;

    private final long thresholdMs;
    /** Guarded by this object. */
    private final Deque<ShownRequest> newestFirst = new ArrayDeque<>(KEPT_MAX);

    SlowRequests(long thresholdMs) {
        this.thresholdMs = thresholdMs;
    }

    synchronized void add(ShownRequest request) {
        if (newestFirst.size() == KEPT_MAX) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(request);
    }

    private synchronized List<ShownRequest> newestFirst() {
        return List.copyOf(newestFirst);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.read("/v1/slow", new RoleOf(AccessRole.OBSERVE), this::send));
    }

    private void send(HttpServerRequest request, String noVariable, AccessCaller caller) {
        ObjectNode body = Json.object().put("thresholdMs", thresholdMs);
        ArrayNode requests = body.putArray("requests");
        newestFirst().forEach(slow -> requests.add(slow.to(caller)));
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.bytes(body));
    }
}
