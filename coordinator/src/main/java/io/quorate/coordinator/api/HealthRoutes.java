package io.quorate.coordinator.api;

import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.api.http.RetryAfter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** {@code /health/live} and {@code /health/ready}, for supervisors and load balancers. */
final class HealthRoutes {
    private final Coordinator coordinator;
    private final Readiness readiness;

    HealthRoutes(Coordinator coordinator, Readiness readiness) {
        this.coordinator = coordinator;
        this.readiness = readiness;
    }

    void live(HttpServerRequest request) {
        sendLive(request);
    }

    static void sendLive(HttpServerRequest request) {
        sendText(request, "live");
    }

    void ready(HttpServerRequest request) {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            RetryAfter.put(request.response());
            Problem.refuse(request.response(), 503, obstacle.get());
        } else {
            String concern = readiness.concern().map(text -> ", but " + text).orElse("");
            sendText(request, "ready" + concern);
        }
    }

    private Optional<String> obstacle() {
        Optional<String> obstacle = readiness.obstacle();
        return obstacle.isPresent() || coordinator.hasQuorum()
                ? obstacle
                : Optional.of("too few voting replicas are reachable for a quorum");
    }

    private static void sendText(HttpServerRequest request, String text) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(text + "\n");
    }
}
