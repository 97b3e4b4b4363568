package io.quorate.coordinator.api;

import io.quorate.coordinator.api.access.AccessCheck;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.Requirement.Anonymous;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.quorate.coordinator.api.route.RouteTable;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers operators on an event loop that no client of the data uses: {@code /health/live}, and the metrics. It needs
 * no coordinator, so it answers however busy the coordinators are.
 */
public final class AdminApi implements Handler<HttpServerRequest> {
    private final RequestEntry entry;
    private final RouteTable table;
    private final Handler<HttpServerRequest> checked;

    /** @param metrics may wait for busy coordinators for a limited time only */
    public AdminApi(HttpEndpoint metrics, Callers callers, AccessControl control, RequestIds requestIds) {
        this.entry = new RequestEntry(requestIds, control);
        Stream<Route> live = Stream.of(Route.read("/health/live", new Anonymous(), HealthRoutes::sendLive));
        this.table =
                new RouteTable(Stream.concat(live, metrics.routes().stream()).toList());
        AccessCheck check = new AccessCheck(control);
        this.checked = callers.before(request -> table.handle(request, check), control);
    }

    /** Every route that this answers. */
    public List<Route> routes() {
        return table.routes();
    }

    @Override
    public void handle(HttpServerRequest request) {
        entry.enter(request, checked);
    }

    /** Answers bytes that are not HTTP, or too long. The connection ends with the answer. */
    public void refuse(HttpServerRequest invalid) {
        entry.refuse(invalid);
    }
}
