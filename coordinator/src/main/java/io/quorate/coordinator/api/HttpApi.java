package io.quorate.coordinator.api;

import io.quorate.common.model.Key;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.batch.BatchRoutes;
import io.quorate.coordinator.api.cluster.CheckpointRoute;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.cluster.ClusterRoutes;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.BodyBudget;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.http.LogText;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.UriText;
import io.quorate.coordinator.api.idempotency.RequestRoutes;
import io.quorate.coordinator.api.kv.KeyValueRoutes;
import io.quorate.coordinator.api.scan.ScanCursor;
import io.quorate.coordinator.api.scan.ScanRoutes;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes requests of one event loop to what answers them. A request that is wrong is answered here. */
public final class HttpApi implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private static final String SCAN = "/v1/kv";
    private static final String KV = "/v1/kv/";
    private static final String BATCH = "/v1/batch";
    private static final String REQUESTS = "/v1/requests/";
    private static final String KEYS = "/v1/keys/";
    private static final String REPLICAS = "/replicas";
    private static final String NODES = "/v1/nodes/";
    private static final String CHECKPOINT = "/checkpoint";

    /** Two keys of the most bytes, all of them percent-encoded, a cursor, and what a query string may need besides. */
    private static final int REQUEST_LINE_BYTES_MAX = 2 * 3 * Key.BYTES_MAX + ScanCursor.CHARS_MAX + 4096;

    private final Coordinator coordinator;
    private final Readiness readiness;
    private final KeyValueRoutes keyValues;
    private final ScanRoutes scans;
    private final BatchRoutes batches;
    private final RequestRoutes requests;
    private final ClusterRoutes clusters;
    private final CheckpointRoute checkpoints;
    private final List<HttpEndpoint> endpoints;
    private final RequestIds requestIds;

    public HttpApi(
            ClusterJson cluster,
            Coordinator coordinator,
            ApiLimits limits,
            Readiness readiness,
            Checkpoints checkpoints,
            List<HttpEndpoint> endpoints,
            RequestIds requestIds) {
        this.endpoints = endpoints;
        this.requestIds = requestIds;
        this.coordinator = coordinator;
        this.readiness = readiness;
        BodyBudget budget = new BodyBudget();
        this.keyValues = new KeyValueRoutes(coordinator, limits, budget);
        this.scans = new ScanRoutes(coordinator, limits);
        this.batches = new BatchRoutes(coordinator, limits, budget);
        this.requests = new RequestRoutes(coordinator, limits);
        this.clusters = new ClusterRoutes(cluster, coordinator, limits);
        this.checkpoints = new CheckpointRoute(coordinator.id(), checkpoints);
    }

    /** What the server under this handler must be created with. */
    public static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setDecompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setReuseAddress(true)
                .setTcpNoDelay(true);
    }

    @Override
    public void handle(HttpServerRequest request) {
        requestIds.name(request);
        try {
            route(request);
        } catch (BadRequest e) {
            Problem.refuse(request.response(), e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("requestId", RequestIds.of(request.response()))
                    .setCause(e)
                    .log("{} {} failed", request.method(), LogText.of(request.uri()));
            // How far it came nobody knows.
            String detail = "this is a defect of Quorate; the log of " + coordinator.id() + " has more";
            Problem.send(request.response(), 500, Problem.of(500, detail, Problem.AppliedState.UNKNOWN));
        }
    }

    /** Answers what is no HTTP, or too long; the connection ends with that. */
    public void refuse(HttpServerRequest invalid) {
        requestIds.name(invalid);
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(invalid);
    }

    private void route(HttpServerRequest request) {
        String path = rawPath(request.uri());
        if (path.startsWith(KV)) {
            keyValues.handle(request, key(path.substring(KV.length())));
            return;
        }
        if (path.equals(SCAN)) {
            requireMethod(request, HttpMethod.GET);
            scans.handle(request);
            return;
        }
        if (path.equals(BATCH)) {
            requireMethod(request, HttpMethod.POST);
            batches.handle(request);
            return;
        }
        if (path.startsWith(REQUESTS)) {
            requireMethod(request, HttpMethod.GET);
            requests.handle(request, path.substring(REQUESTS.length()));
            return;
        }
        if (path.startsWith(NODES)
                && path.endsWith(CHECKPOINT)
                && path.length() > NODES.length() + CHECKPOINT.length()) {
            requireMethod(request, HttpMethod.POST);
            checkpoints.handle(request, path.substring(NODES.length(), path.length() - CHECKPOINT.length()));
            return;
        }
        for (HttpEndpoint endpoint : endpoints) {
            if (endpoint.owns(path)) {
                endpoint.handle(request, path);
                return;
            }
        }
        requireRead(request);
        if (path.startsWith(KEYS) && path.endsWith(REPLICAS) && path.length() > KEYS.length() + REPLICAS.length()) {
            clusters.replicas(request, key(path.substring(KEYS.length(), path.length() - REPLICAS.length())));
        } else if (path.startsWith(NODES)) {
            clusters.node(request, path.substring(NODES.length()));
        } else {
            routeFixed(request, path);
        }
    }

    private void routeFixed(HttpServerRequest request, String path) {
        switch (path) {
            case "/v1/cluster" -> clusters.cluster(request);
            case "/health/live" -> sendText(request, 200, "live");
            case "/health/ready" -> ready(request);
            default ->
                throw new BadRequest(404, "nothing is at " + path + "; /openapi.yaml tells what there is, and where");
        }
    }

    private void ready(HttpServerRequest request) {
        Optional<String> obstacle = readiness.obstacle();
        if (obstacle.isEmpty() && !coordinator.hasQuorum()) {
            obstacle = Optional.of("too few replicas that vote are reachable for a quorum");
        }
        if (obstacle.isEmpty()) {
            String concern = readiness.concern().map(text -> ", but " + text).orElse("");
            sendText(request, 200, "ready" + concern);
        } else {
            request.response().putHeader("Retry-After", "1");
            Problem.refuse(request.response(), 503, obstacle.get());
        }
    }

    private static void sendText(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(text + "\n");
    }

    private static void requireMethod(HttpServerRequest request, HttpMethod method) {
        if (request.method() != method) {
            request.response().putHeader("Allow", method.name());
            throw new BadRequest(405, request.method() + " is not allowed here; allowed is " + method);
        }
    }

    static void requireRead(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            throw new BadRequest(405, request.method() + " is not allowed here; allowed are GET and HEAD");
        }
    }

    /** The path as it was sent: percent-escapes and dots in it belong to the key. */
    private static String rawPath(String uri) {
        int start = uri.startsWith("/") ? 0 : Math.max(0, uri.indexOf('/', uri.indexOf("://") + 3));
        int end = uri.indexOf('?', start);
        return uri.substring(start, end < 0 ? uri.length() : end);
    }

    private static Key key(String encoded) {
        byte[] bytes = UriText.decode(encoded);
        if (bytes.length == 0) {
            throw new BadRequest(400, "the key is empty; it has 1 to " + Key.BYTES_MAX + " bytes");
        }
        if (bytes.length > Key.BYTES_MAX) {
            throw new BadRequest(
                    414, "the key has " + bytes.length + " bytes; it has 1 to " + Key.BYTES_MAX + " bytes");
        }
        return Key.of(bytes);
    }
}
