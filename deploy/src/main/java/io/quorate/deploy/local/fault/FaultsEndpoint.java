package io.quorate.deploy.local.fault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Reporter;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/faults} of a node in a local cluster: GET shows the faults of all nodes, POST injects one. Any living node
 * does it for any other, also for one that is dead, and for itself after it has answered. One thing after the other, on a
 * worker thread, as it waits for other processes.
 */
public final class FaultsEndpoint implements HttpEndpoint {
    static final String PATH = "/v1/faults";

    private static final Logger LOG = LoggerFactory.getLogger(FaultsEndpoint.class);

    private static final String ALLOWED =
            "allowed: {\"fault\": one of " + FaultKind.NAMES + ", \"node\": \"n2\", \"peer\": \"n1\""
                    + " for cut, \"ms\": 50 for slow and skew}; heal without node heals all";
    private static final int BODY_BYTES_MAX = 4096;
    private static final long WAIT_MS = 60_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Reporter TO_LOG = new Reporter() {
        @Override
        public void report(String line) {
            LOG.info("{}", line);
        }

        @Override
        public void warn(String line) {
            LOG.warn("{}", line);
        }
    };

    private final ClusterFolder cluster;
    private final NodeFolder self;
    private final Launcher launcher;
    private final TrustedCallers callers;
    private final WorkerExecutor worker;

    private FaultsEndpoint(ClusterFolder cluster, NodeFolder self, Launcher launcher, WorkerExecutor worker) {
        this.cluster = cluster;
        this.self = self;
        this.launcher = launcher;
        this.callers = new TrustedCallers(cluster.layout());
        this.worker = worker;
    }

    /** @throws LocalClusterException if the file is not that of a node in a local cluster's folder */
    public static FaultsEndpoint open(NodeId self, Path faultsFile, Vertx vertx)
            throws IOException, LocalClusterException {
        ClusterFolder cluster = ClusterFolder.around(self, faultsFile);
        return new FaultsEndpoint(
                cluster, cluster.node(self), new Launcher(), vertx.createSharedWorkerExecutor("faults", 1));
    }

    @Override
    public boolean owns(String path) {
        return path.equals(PATH);
    }

    @Override
    public void handle(HttpServerRequest request, String path) {
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
            answer(request.response(), () -> show(Optional.empty()));
        } else if (request.method() == HttpMethod.POST) {
            callers.check(request);
            read(request);
        } else {
            request.response().putHeader("Allow", "GET, HEAD, POST");
            throw new BadRequest(405, request.method() + " is not allowed here; allowed are GET, HEAD and POST");
        }
    }

    private void read(HttpServerRequest request) {
        if (!"application/json".equals(mediaType(request))) {
            throw new BadRequest(415, "the body must be application/json; " + ALLOWED);
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= BODY_BYTES_MAX) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (body.length() > BODY_BYTES_MAX) {
                Problem.refuse(request.response(), 413, "the body is longer than " + BODY_BYTES_MAX + " bytes");
            } else {
                inject(request.response(), body.getBytes());
            }
        });
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    private void inject(HttpServerResponse response, byte[] body) {
        FaultOrder order;
        try {
            order = FaultOrder.parse(MAPPER.readTree(body), cluster);
        } catch (LocalClusterException | IOException e) {
            Problem.refuse(response, 400, e.getMessage() + "; " + ALLOWED + ". Nothing was done");
            return;
        }
        if (endsThisProcess(order)) {
            answer(response, () -> show(Optional.of(order.kind())));
            response.endHandler(sent -> worker.executeBlocking(() -> carryOutOnSelf(order.kind())));
        } else {
            answer(response, () -> {
                order.carryOut(cluster, launcher, TO_LOG, WAIT_MS);
                return show(Optional.empty());
            });
        }
    }

    private boolean endsThisProcess(FaultOrder order) {
        boolean ends =
                order.kind() == FaultKind.KILL || order.kind() == FaultKind.PAUSE || order.kind() == FaultKind.RESTART;
        return ends && order.node().filter(self::equals).isPresent();
    }

    private boolean carryOutOnSelf(FaultKind kind) throws IOException {
        switch (kind) {
            case KILL -> self.signal("KILL");
            case PAUSE -> self.signal("STOP");
            case RESTART ->
                launcher.start( // a process of its own, as this one ends
                        List.of("cluster", "restart", self.id().name()),
                        Map.of("QUORATE_HOME", cluster.home().toString()),
                        self.log());
            default -> throw new AssertionError(kind + " does not end a process");
        }
        return true;
    }

    private interface FaultWork {
        ObjectNode run() throws IOException, LocalClusterException;
    }

    private void answer(HttpServerResponse response, FaultWork work) {
        worker.executeBlocking(work::run).onComplete(done -> {
            if (response.closed()) {
                return;
            }
            if (done.succeeded()) {
                response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(Json.bytes(done.result()));
            } else if (done.cause() instanceof LocalClusterException failure) {
                Problem.refuse(response, 409, failure.getMessage());
            } else {
                LOG.error("a fault that was asked for failed", done.cause());
                Problem.refuse(response, 500, done.cause() + "; GET " + PATH + " shows what became of it");
            }
        });
    }

    /** @param onSelf what will befall this node once it has answered */
    private ObjectNode show(Optional<FaultKind> onSelf) throws IOException {
        ObjectNode body = Json.object();
        var nodes = body.putArray("nodes");
        for (NodeFolder node : cluster.nodes()) {
            ObjectNode shown = nodes.addObject().put("id", node.id().name());
            shown.put("process", node.equals(self) ? own(onSelf) : node.state().label());
            node.faults().putInto(shown);
        }
        return body;
    }

    private static String own(Optional<FaultKind> onSelf) {
        NodeFolder.ProcessState state = onSelf.map(kind -> switch (kind) {
                    case KILL -> NodeFolder.ProcessState.DOWN;
                    case PAUSE -> NodeFolder.ProcessState.PAUSED;
                    default -> NodeFolder.ProcessState.RUNNING;
                })
                .orElse(NodeFolder.ProcessState.RUNNING);
        return state.label();
    }
}
