package io.quorate.deploy.process;

import io.quorate.common.link.Mailbox;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.ApiOptions;
import io.quorate.coordinator.api.Checkpoints;
import io.quorate.coordinator.api.Endpoint;
import io.quorate.coordinator.api.HttpApi;
import io.quorate.coordinator.api.Readiness;
import io.quorate.coordinator.operation.Coordinator;
import io.quorate.coordinator.operation.Observer;
import io.quorate.coordinator.operation.RepairCounts;
import io.quorate.coordinator.operation.Replica;
import io.quorate.coordinator.replicas.Caller;
import io.quorate.coordinator.replicas.LinkOptions;
import io.quorate.coordinator.replicas.TcpReplica;
import io.quorate.coordinator.replicas.TimerWheel;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.Member;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One event loop's coordinator: its connections to the replicas, and an HTTP server that shares its port with others. */
final class CoordinatorVerticle extends VerticleBase {
    private static final int CONNECT_TIMEOUT_MS = 1_000;

    /** For how long every read asks a replica that came back. */
    private static final long RETURNED_MS = 60_000;

    private final CoordinatorConfiguration configuration;
    private final Shared shared;
    private final List<TcpReplica> peers = new ArrayList<>();
    private HttpServer server;

    /**
     * What the event loops of a process share; all of it is safe for use by several threads.
     *
     * @param local the replica in this process, if it has one
     */
    record Shared(
            long incarnation,
            Optional<io.quorate.node.replica.Replica> local,
            HybridClock clock,
            RepairCounts repairs,
            SecureRandom random,
            Readiness readiness,
            Checkpoints checkpoints,
            Observer observer,
            List<Endpoint> endpoints) {}

    CoordinatorVerticle(CoordinatorConfiguration configuration, Shared shared) {
        this.configuration = configuration;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        List<Replica> replicas =
                configuration.members().stream().map(this::replica).toList();
        Coordinator coordinator = new Coordinator(
                configuration.nodeId(),
                new Placement(configuration.members().stream().map(Member::id).toList()),
                replicas,
                SystemClock.INSTANCE,
                new TimerWheel(vertx, SystemClock.INSTANCE),
                shared.clock(),
                this::peerCeilingMs,
                shared.random(),
                shared.repairs(),
                shared.observer());
        peers.forEach(TcpReplica::open);
        ApiOptions options = new ApiOptions(
                configuration.valueBytesMax(),
                configuration.requestTimeoutMs(),
                configuration.requestTimeoutMsMax(),
                configuration.idempotencyRetentionMs());
        server = vertx.createHttpServer(HttpApi.serverOptions())
                .requestHandler(new HttpApi(
                        configuration.clusterId(),
                        coordinator,
                        options,
                        shared.readiness(),
                        shared.checkpoints(),
                        shared.endpoints()));
        return server.listen(configuration.httpPort(), configuration.httpHost());
    }

    private Replica replica(Member member) {
        if (member.id().equals(configuration.nodeId()) && shared.local().isPresent()) {
            return new LocalReplica(
                    member.id(), shared.incarnation(), shared.local().get(), new Mailbox(context));
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
                        configuration.valueBytesMax()));
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

    /** Takes no new connection, and waits for the requests in flight, but not for ever. */
    Future<?> drain() {
        return server.shutdown(configuration.drainTimeoutMs(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<?> stop() {
        peers.forEach(TcpReplica::close);
        return Future.succeededFuture();
    }
}
