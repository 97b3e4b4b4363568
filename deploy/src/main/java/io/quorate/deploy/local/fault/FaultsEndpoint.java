package io.quorate.deploy.local.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.RequestContent;
import io.quorate.coordinator.api.route.Route;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Reporter;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/faults} of a node in a local cluster: GET shows the faults of all nodes, POST injects one. Any node that
 * runs can inject a fault into any node, even into one that is down. It ends or pauses itself only after it has
 * answered. Requests are carried out one after the other, on a worker thread, because they wait for other processes.
 */
public final class FaultsEndpoint implements HttpEndpoint {
    static final String PATH = "/v1/faults";

    private static final Requirement OPERATE = new RoleOf(AccessRole.OPERATE);
    private static final Logger LOG = LoggerFactory.getLogger(FaultsEndpoint.class);

    private static final long WAIT_MS = 60_000;

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
    private final FaultOrderReader reader;
    private final FaultsJson json;
    private final WorkerExecutor worker;

    private FaultsEndpoint(ClusterFolder cluster, NodeFolder self, Launcher launcher, WorkerExecutor worker) {
        this.cluster = cluster;
        this.self = self;
        this.launcher = launcher;
        this.callers = new TrustedCallers(cluster.layout());
        this.reader = new FaultOrderReader(cluster);
        this.json = new FaultsJson(cluster, self);
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
    public List<Route> routes() {
        return List.of(
                Route.read(PATH, new RoleOf(AccessRole.OBSERVE), this::get),
                Route.of(HttpMethod.POST, PATH, OPERATE, RequestContent.JSON, this::post));
    }

    private void get(HttpServerRequest request) {
        answer(request.response(), () -> json.body(ProcessState.RUNNING));
    }

    private void post(HttpServerRequest request, String variable, AccessCaller caller) {
        callers.check(request);
        reader.read(request, order -> {
            OPERATE.again(caller, request, variable).ordered(order.text(), request);
            inject(request.response(), order);
        });
    }

    private void inject(HttpServerResponse response, FaultOrder order) {
        Optional<ProcessState> own =
                order.node().filter(self::equals).isPresent() ? stateAfter(order.kind()) : Optional.empty();
        if (own.isPresent()) {
            answer(response, () -> json.body(own.get()));
            response.endHandler(sent -> worker.executeBlocking(() -> carryOutOnSelf(order.kind())));
        } else {
            answer(response, () -> {
                order.carryOut(cluster, launcher, TO_LOG, WAIT_MS);
                return json.body(ProcessState.RUNNING);
            });
        }
    }

    /** The state in which a fault leaves the node that it ends or pauses, or empty for a fault that does neither. */
    private static Optional<ProcessState> stateAfter(FaultKind kind) {
        return switch (kind) {
            case KILL -> Optional.of(ProcessState.DOWN);
            case PAUSE -> Optional.of(ProcessState.PAUSED);
            case RESTART -> Optional.of(ProcessState.RUNNING);
            case RESUME, START, CUT, SLOW, SLOW_DISK, SKEW, HEAL -> Optional.empty();
        };
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
            case RESUME, START, CUT, SLOW, SLOW_DISK, SKEW, HEAL ->
                throw new AssertionError(kind + " does not end a process");
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
                LOG.error("injecting a fault failed", done.cause());
                Problem.refuse(response, 500, done.cause() + "; GET " + PATH + " shows the faults now");
            }
        });
    }
}
