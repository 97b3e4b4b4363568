package io.quorate.deploy.process;

import io.quorate.common.link.Links;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.api.HttpApi;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.ServerOptions;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.console.EventStreams;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.coordinator.replica.tcp.TimerWheel;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.Member;
import io.quorate.deploy.convergence.CoordinatorSettlement;
import io.quorate.deploy.convergence.NodeConvergence;
import io.quorate.deploy.convergence.ReplicaPeers;
import io.quorate.deploy.metrics.LoopFigures;
import io.quorate.node.convergence.antientropy.PassDriver;
import io.quorate.node.convergence.antientropy.PassOptions;
import io.quorate.node.convergence.founding.Founder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One event loop's coordinator, and its HTTP server. All event loops of a process share the port. */
final class CoordinatorVerticle extends VerticleBase {
    private static final long QUORUM_POLL_MS = 10;

    private final CoordinatorConfiguration configuration;
    private final SharedParts shared;
    private final long listenByNs;
    private final boolean drivesPasses;
    private Optional<PassDriver> passes = Optional.empty();
    private Optional<Founder> founder = Optional.empty();
    private ReplicaClients replicas;
    private Coordinator coordinator;
    private EventStreams events;
    private HttpServer server;

    /**
     * @param listenByNs the latest time to listen. It listens earlier, as soon as it reaches a quorum
     * @param drivesPasses whether the driver of the node in this process belongs to this event loop, if there is a node
     */
    CoordinatorVerticle(
            CoordinatorConfiguration configuration, SharedParts shared, long listenByNs, boolean drivesPasses) {
        this.configuration = configuration;
        this.shared = shared;
        this.listenByNs = listenByNs;
        this.drivesPasses = drivesPasses;
    }

    @Override
    public Future<?> start() {
        replicas = new ReplicaClients(configuration, shared, context);
        coordinator = coordinator();
        replicas.open();
        shared.host().flatMap(ReplicaHost::handoff).ifPresent(handoff -> handoff.startOn(context, replicas.all()));
        if (drivesPasses) {
            passes = shared.host().flatMap(ReplicaHost::convergence).map(this::drive);
            founder = shared.host().map(this::found);
        }
        ClusterJson cluster = clusterJson();
        events = shared.observability().console().streamsOn(context, cluster);
        HttpApi api = api(cluster);
        ClientConnections clients = shared.clients().connectionsOn(vertx, shared.memory());
        server = shared.sockets()
                .httpServer(vertx, ServerOptions.create())
                .connectionHandler(clients::opened)
                .requestHandler(clients.before(admitting(api)))
                .invalidRequestHandler(api.refusing(shared.access()));
        shared.observability().metrics().lagOf("clients").measure(vertx);
        return awaitQuorum().compose(any -> server.listen(configuration.httpPort(), configuration.httpHost()));
    }

    private Handler<HttpServerRequest> admitting(HttpApi api) {
        RequestIds ids = new RequestIds(shared.random().nextLong());
        Callers callers = shared.observability().callers();
        return shared.clients().admitting(coordinator, callers, ids, api.behind(callers, shared.access()));
    }

    private Coordinator coordinator() {
        PeerClocks clocks = new PeerClocks(SystemClock.INSTANCE, replicas.all());
        TimeSources time = new TimeSources(
                SystemClock.INSTANCE,
                new TimerWheel(vertx, SystemClock.INSTANCE),
                shared.clock(),
                () -> clocks.ceilingMs(configuration.peers().clockSkewMsMax()));
        return new Coordinator(new CoordinatorParts(
                        configuration.nodeId(),
                        new ClusterMembers(placement(), replicas.all()),
                        time,
                        shared.random(),
                        shared.repairs(),
                        shared.observability().observerOn(context))
                .withMemory(shared.memory()));
    }

    private PassDriver drive(NodeConvergence convergence) {
        ReplicaPeers peers = new ReplicaPeers(replicas.all());
        TimerWheel timers = new TimerWheel(vertx, SystemClock.INSTANCE);
        return convergence.drive(memory -> new PassDriver(
                configuration.nodeId(),
                peers,
                new CoordinatorSettlement(coordinator, configuration.requests().requestTimeoutMs()),
                memory,
                PassOptions.DEFAULTS,
                convergence.figures(),
                SystemClock.INSTANCE,
                timers,
                convergence.companion(peers, timers),
                convergence::replaySteps));
    }

    private Founder found(ReplicaHost host) {
        Founder started = host.founder(new ReplicaPeers(replicas.all()), new TimerWheel(vertx, SystemClock.INSTANCE));
        started.start();
        return started;
    }

    private Placement placement() {
        return new Placement(configuration.members().stream().map(Member::id).toList());
    }

    private ClusterJson clusterJson() {
        ClusterJson plain =
                new ClusterJson(configuration.clusterId(), coordinator, httpAddresses(), shared::refusedPeers);
        ClusterJson warning = configuration.isInsecure() ? plain.withInsecureNetwork() : plain;
        return shared.links() == Links.PLAIN ? warning : warning.withFaultsAllowed();
    }

    private HttpApi api(ClusterJson cluster) {
        List<HttpEndpoint> endpoints = new ArrayList<>(shared.observability().endpoints());
        endpoints.add(events);
        return new HttpApi(
                cluster,
                coordinator,
                new ApiLimits(
                        configuration.requests().valueBytesMax(),
                        configuration.requests().requestTimeoutMs(),
                        configuration.requests().requestTimeoutMsMax(),
                        configuration.requests().idempotencyRetentionMs()),
                shared.readiness(),
                shared.checkpoints(),
                shared.convergence(),
                endpoints,
                new RequestIds(shared.random().nextLong()),
                shared.memory());
    }

    /** Clients come back to a restarted node at once. They must not be refused while it dials its peers. */
    private Future<Void> awaitQuorum() {
        Promise<Void> due = Promise.promise();
        vertx.setPeriodic(0, QUORUM_POLL_MS, timer -> {
            if (coordinator.hasQuorum() || SystemClock.INSTANCE.monotonicNs() - listenByNs > 0) {
                vertx.cancelTimer(timer);
                due.complete();
            }
        });
        return due.future();
    }

    private Map<NodeId, HttpAddress> httpAddresses() {
        return configuration.members().stream()
                .filter(member -> member.http().isPresent())
                .collect(Collectors.toMap(Member::id, member -> member.http().get()));
    }

    /** The figures of this event loop, as soon as it has time for them. From any thread. */
    Future<LoopFigures> figures() {
        Promise<LoopFigures> figures = Promise.promise();
        context.runOnContext(asked -> {
            try {
                figures.complete(LoopFigures.of(coordinator, replicas.all()));
            } catch (RuntimeException | Error e) {
                figures.fail(e);
            }
        });
        return figures.future();
    }

    /**
     * Takes no new connection, and waits for the requests in flight for a limited time. Streams of events end at once.
     */
    Future<?> drain() {
        events.close();
        return server.shutdown(configuration.serving().drainTimeoutMs(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<?> stop() {
        passes.ifPresent(PassDriver::stop);
        founder.ifPresent(Founder::stop);
        replicas.close();
        return Future.succeededFuture();
    }
}
