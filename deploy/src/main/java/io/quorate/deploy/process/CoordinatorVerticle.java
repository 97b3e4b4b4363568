package io.quorate.deploy.process;

import io.quorate.common.link.Links;
import io.quorate.common.link.Mailbox;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.HttpApi;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.origin.CrossOrigin;
import io.quorate.coordinator.console.EventStreams;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.tcp.Caller;
import io.quorate.coordinator.replica.tcp.LinkOptions;
import io.quorate.coordinator.replica.tcp.TcpReplica;
import io.quorate.coordinator.replica.tcp.TimerWheel;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.Member;
import io.quorate.deploy.metrics.LoopFigures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One event loop's coordinator: its connections to the replicas, and an HTTP server that shares its port with others. */
final class CoordinatorVerticle extends VerticleBase {
    private static final int CONNECT_TIMEOUT_MS = 1_000;

    private static final long LOOK_MS = 10;

    /** For how long every read asks a replica that came back. */
    private static final long RETURNED_MS = 60_000;

    private final CoordinatorConfiguration configuration;
    private final Shared shared;
    private final long listenByNs;
    private final List<TcpReplica> peers = new ArrayList<>();
    private List<ReplicaClient> replicas;
    private Coordinator coordinator;
    private EventStreams events;
    private HttpServer server;

    /**
     * What the event loops of a process share; all of it is safe for use by several threads.
     *
     * @param local the replica in this process, if it has one
     * @param links is told of the connections to other replicas
     */
    record Shared(
            long incarnation,
            Optional<io.quorate.node.replica.Replica> local,
            HybridClock clock,
            RepairCounts repairs,
            SecureRandom random,
            Readiness readiness,
            Checkpoints checkpoints,
            Observability exhibits,
            Links links) {}

    /** @param listenByNs when it listens at the latest; earlier if it reaches a quorum by then */
    CoordinatorVerticle(CoordinatorConfiguration configuration, Shared shared, long listenByNs) {
        this.configuration = configuration;
        this.shared = shared;
        this.listenByNs = listenByNs;
    }

    @Override
    public Future<?> start() {
        replicas = configuration.members().stream().map(this::replica).toList();
        coordinator = new Coordinator(
                configuration.nodeId(),
                new Placement(configuration.members().stream().map(Member::id).toList()),
                replicas,
                SystemClock.INSTANCE,
                new TimerWheel(vertx, SystemClock.INSTANCE),
                shared.clock(),
                this::peerCeilingMs,
                shared.random(),
                shared.repairs(),
                shared.exhibits().observerOn(context));
        peers.forEach(TcpReplica::open);
        ApiLimits options = new ApiLimits(
                configuration.valueBytesMax(),
                configuration.requestTimeoutMs(),
                configuration.requestTimeoutMsMax(),
                configuration.idempotencyRetentionMs());
        ClusterJson members = new ClusterJson(configuration.clusterId(), coordinator, httpAddresses());
        ClusterJson cluster = shared.links() == Links.PLAIN ? members : members.withFaultsAllowed();
        events = shared.exhibits().console().streamsOn(context, cluster);
        List<HttpEndpoint> endpoints = new ArrayList<>(shared.exhibits().endpoints());
        endpoints.add(events);
        HttpApi api = new HttpApi(
                cluster,
                coordinator,
                options,
                shared.readiness(),
                shared.checkpoints(),
                endpoints,
                new RequestIds(shared.random().nextLong()));
        server = vertx.createHttpServer(HttpApi.serverOptions())
                .requestHandler(new CrossOrigin(shared.exhibits().origins(), api))
                .invalidRequestHandler(api::refuse);
        return acquaintance().compose(any -> server.listen(configuration.httpPort(), configuration.httpHost()));
    }

    /** Clients that come back to a restarted node at once are not to be refused while it dials its peers. */
    private Future<Void> acquaintance() {
        Promise<Void> acquainted = Promise.promise();
        vertx.setPeriodic(0, LOOK_MS, timer -> {
            if (coordinator.hasQuorum() || SystemClock.INSTANCE.monotonicNs() - listenByNs > 0) {
                vertx.cancelTimer(timer);
                acquainted.complete();
            }
        });
        return acquainted.future();
    }

    private Map<NodeId, HttpAddress> httpAddresses() {
        return configuration.members().stream()
                .filter(member -> member.http().isPresent())
                .collect(Collectors.toMap(Member::id, member -> member.http().get()));
    }

    private ReplicaClient replica(Member member) {
        if (member.id().equals(configuration.nodeId()) && shared.local().isPresent()) {
            return new LocalReplicaClient(
                    member.id(),
                    shared.incarnation(),
                    shared.local().get(),
                    new Mailbox(context),
                    shared.exhibits().metrics().traffic(member.id()));
        }
        NetClient dialler =
                vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(CONNECT_TIMEOUT_MS));
        TcpReplica peer = new TcpReplica(
                vertx,
                dialler,
                SystemClock.INSTANCE,
                new Caller(configuration.clusterId(), configuration.nodeId(), shared.incarnation()),
                member.id(),
                SocketAddress.inetSocketAddress(member.port(), member.host()),
                new LinkOptions(
                        configuration.heartbeatMs(),
                        configuration.silentMs(),
                        configuration.hedgeDelayMsMax(),
                        RETURNED_MS,
                        configuration.valueBytesMax()),
                shared.exhibits().metrics().traffic(member.id()),
                shared.links());
        peers.add(peer);
        return peer;
    }

    /** The latest time that the peers' clocks make plausible; without a peer there is nothing to compare with. */
    private long peerCeilingMs() {
        long aheadMs = Long.MIN_VALUE;
        for (TcpReplica peer : peers) {
            if (peer.reachability().isReachable()) {
                aheadMs = Math.max(aheadMs, peer.skewMs());
            }
        }
        return aheadMs == Long.MIN_VALUE
                ? Long.MAX_VALUE
                : SystemClock.INSTANCE.wallMs() + aheadMs + configuration.clockSkewMsMax();
    }

    /** How this event loop stands, as soon as it gets to say so. */
    Future<LoopFigures> figures() {
        Promise<LoopFigures> figures = Promise.promise();
        context.runOnContext(asked -> figures.complete(LoopFigures.of(coordinator, replicas)));
        return figures.future();
    }

    /** Takes no new connection, and waits for the requests in flight, but not for ever; streams of events just end. */
    Future<?> drain() {
        events.close();
        return server.shutdown(configuration.drainTimeoutMs(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<?> stop() {
        peers.forEach(TcpReplica::close);
        return Future.succeededFuture();
    }
}
