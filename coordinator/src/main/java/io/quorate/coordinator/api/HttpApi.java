package io.quorate.coordinator.api;

import static io.quorate.coordinator.api.route.RequestContent.ANY_BYTES;
import static io.quorate.coordinator.api.route.RequestContent.JSON;
import static io.quorate.coordinator.api.route.RequestContent.NONE;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.access.AccessCheck;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement;
import io.quorate.coordinator.api.access.Requirement.Anonymous;
import io.quorate.coordinator.api.access.Requirement.BatchOfBody;
import io.quorate.coordinator.api.access.Requirement.KeyOfPath;
import io.quorate.coordinator.api.access.Requirement.RangeOfQuery;
import io.quorate.coordinator.api.access.Requirement.ReadOfQuery;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.batch.BatchRoutes;
import io.quorate.coordinator.api.cluster.CheckpointRoutes;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.cluster.ClusterRoutes;
import io.quorate.coordinator.api.cluster.ConvergenceRoute;
import io.quorate.coordinator.api.convergence.Convergence;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.Uploads;
import io.quorate.coordinator.api.idempotency.RequestRoutes;
import io.quorate.coordinator.api.kv.KeyValueRoutes;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.Route;
import io.quorate.coordinator.api.route.RouteTable;
import io.quorate.coordinator.api.scan.ScanRoutes;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers the requests of one event loop by the table of routes. It also answers the wrong ones, and those that fail.
 */
public final class HttpApi implements Handler<HttpServerRequest> {
    private static final Requirement OBSERVE = new RoleOf(AccessRole.OBSERVE);
    private static final Requirement OPERATE = new RoleOf(AccessRole.OPERATE);

    private final RequestIds requestIds;
    private final RouteTable table;
    private final AccessCheck open = AccessCheck.none();
    private final RequestEntry openEntry;

    /** @param endpoints further routes of this process, such as metrics and the console */
    public HttpApi(
            ClusterJson cluster,
            Coordinator coordinator,
            ApiLimits limits,
            Readiness readiness,
            Checkpoints checkpoints,
            List<HttpEndpoint> endpoints,
            RequestIds requestIds) {
        this(cluster, coordinator, limits, readiness, checkpoints, endpoints, requestIds, MemoryBudget.unlimited());
    }

    /**
     * @param endpoints further routes of this process, such as metrics and the console
     * @param memory is charged for bodies and answers
     */
    public HttpApi(
            ClusterJson cluster,
            Coordinator coordinator,
            ApiLimits limits,
            Readiness readiness,
            Checkpoints checkpoints,
            List<HttpEndpoint> endpoints,
            RequestIds requestIds,
            MemoryBudget memory) {
        this(cluster, coordinator, limits, readiness, checkpoints, Convergence.NONE, endpoints, requestIds, memory);
    }

    /**
     * @param endpoints further routes of this process, such as metrics and the console
     * @param memory is charged for bodies and answers
     */
    public HttpApi(
            ClusterJson cluster,
            Coordinator coordinator,
            ApiLimits limits,
            Readiness readiness,
            Checkpoints checkpoints,
            Convergence convergence,
            List<HttpEndpoint> endpoints,
            RequestIds requestIds,
            MemoryBudget memory) {
        this.requestIds = requestIds;
        this.openEntry = new RequestEntry(requestIds, AccessControl.none());
        Uploads uploads = new Uploads(memory, coordinator.clock());
        List<Route> own = routes(
                new KeyValueRoutes(coordinator, limits, uploads),
                new ScanRoutes(coordinator, limits, memory),
                new BatchRoutes(coordinator, limits, uploads),
                new RequestRoutes(coordinator, limits),
                new ClusterRoutes(cluster, coordinator, limits),
                new ConvergenceRoute(cluster, coordinator.id(), convergence),
                new CheckpointRoutes(coordinator.id(), checkpoints),
                new HealthRoutes(coordinator, readiness));
        Stream<Route> others = endpoints.stream().flatMap(endpoint -> endpoint.routes().stream());
        this.table = new RouteTable(Stream.concat(own.stream(), others).toList());
    }

    private static List<Route> routes(
            KeyValueRoutes keyValues,
            ScanRoutes scans,
            BatchRoutes batches,
            RequestRoutes requests,
            ClusterRoutes clusters,
            ConvergenceRoute convergence,
            CheckpointRoutes checkpoints,
            HealthRoutes health) {
        return List.of(
                Route.read("/v1/kv/{key}", KeyOfPath.READ, keyValues::read),
                Route.of(HttpMethod.PUT, "/v1/kv/{key}", KeyOfPath.WRITE, ANY_BYTES, keyValues::put),
                Route.of(HttpMethod.PATCH, "/v1/kv/{key}", KeyOfPath.CHANGE, JSON, keyValues::patch),
                Route.of(HttpMethod.DELETE, "/v1/kv/{key}", KeyOfPath.WRITE, NONE, keyValues::delete),
                Route.read("/v1/kv", new RangeOfQuery(), scans::scan),
                Route.of(HttpMethod.POST, "/v1/batch", new BatchOfBody(), JSON, batches::handle),
                Route.of(
                        HttpMethod.GET,
                        "/v1/requests/{idempotency-key}",
                        new ReadOfQuery("key"),
                        NONE,
                        requests::status),
                Route.read("/v1/keys/{key}/replicas", KeyOfPath.READ, clusters::replicas),
                Route.read("/v1/cluster", OBSERVE, clusters::cluster),
                Route.read("/v1/convergence", OBSERVE, convergence::show),
                Route.of(HttpMethod.POST, "/v1/convergence/hurry", OPERATE, NONE, convergence::hurry),
                Route.of(HttpMethod.POST, "/v1/nodes/{id}/checkpoint", OPERATE, NONE, checkpoints::make),
                Route.of(HttpMethod.DELETE, "/v1/nodes/{id}/checkpoint", OPERATE, NONE, checkpoints::delete),
                Route.of(HttpMethod.GET, "/v1/nodes/{id}/checkpoints", OPERATE, NONE, checkpoints::list),
                Route.read("/v1/nodes/{id}", OBSERVE, clusters::node),
                Route.read("/health/live", new Anonymous(), health::live),
                Route.read("/health/ready", new Anonymous(), health::ready));
    }

    /** Every route that this answers, in the order in which they are looked up. */
    public RouteTable table() {
        return table;
    }

    /**
     * The whole way of a request: its head, its host, its page's origin and its caller are checked before its handler
     * runs. For one event loop.
     */
    public Handler<HttpServerRequest> behind(Callers callers, AccessControl control) {
        AccessCheck check = new AccessCheck(control);
        RequestEntry entry = new RequestEntry(requestIds, control);
        Handler<HttpServerRequest> checked = callers.before(request -> table.handle(request, check), control);
        return request -> entry.enter(request, checked);
    }

    /** Answers bytes that are not HTTP, or too long. The connection ends with the answer. For one event loop. */
    public Handler<HttpServerRequest> refusing(AccessControl control) {
        return new RequestEntry(requestIds, control)::refuse;
    }

    /** The way of a request that anybody may send, under any name. */
    @Override
    public void handle(HttpServerRequest request) {
        openEntry.enter(request, admitted -> table.handle(admitted, open));
    }
}
