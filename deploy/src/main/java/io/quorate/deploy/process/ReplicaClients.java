package io.quorate.deploy.process;

import io.quorate.common.link.Mailbox;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.quorate.coordinator.replica.delay.SlowReplicas;
import io.quorate.coordinator.replica.tcp.Caller;
import io.quorate.coordinator.replica.tcp.Dialler;
import io.quorate.coordinator.replica.tcp.LinkOptions;
import io.quorate.coordinator.replica.tcp.ReplicaAddress;
import io.quorate.coordinator.replica.tcp.TcpReplica;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.Member;
import io.vertx.core.Context;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's clients of all replicas: by TCP, or by a call if the replica is in this process. */
final class ReplicaClients {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaClients.class);

    private static final int CONNECT_TIMEOUT_MS = 1_000;

    /** Every read asks a replica that came back, for this long. */
    private static final long RETURNED_MS = 60_000;

    private final CoordinatorConfiguration configuration;
    private final SharedParts shared;
    private final Context context;
    private final SlowReplicas slowReplicas = new SlowReplicas();
    private final List<TcpReplica> peers = new ArrayList<>();
    private final List<ReplicaClient> all;
    private long judging;

    /** @param context the event loop that all clients run on */
    ReplicaClients(CoordinatorConfiguration configuration, SharedParts shared, Context context) {
        this.configuration = configuration;
        this.shared = shared;
        this.context = context;
        this.all = configuration.members().stream().map(this::client).toList();
    }

    /** In the order of the members. */
    List<ReplicaClient> all() {
        return all;
    }

    void open() {
        peers.forEach(TcpReplica::open);
        judging = context.owner().setPeriodic(SlowReplicas.TICK_MS, fired -> judge());
    }

    private void judge() {
        for (ReplicaDelays changed : slowReplicas.tick(SystemClock.INSTANCE.monotonicNs())) {
            if (changed.isSlow()) {
                LOG.warn("{} is slow: {}", changed.id(), changed.complaint());
            } else {
                LOG.info("{} is no longer slow", changed.id());
            }
        }
    }

    void close() {
        context.owner().cancelTimer(judging);
        peers.forEach(TcpReplica::close);
    }

    private ReplicaClient client(Member member) {
        Optional<LocalReplicaClient> local =
                member.id().equals(configuration.nodeId()) ? localClient(member) : Optional.empty();
        return local.isPresent() ? local.get() : tcpClient(member);
    }

    private Optional<LocalReplicaClient> localClient(Member member) {
        return shared.localReplica()
                .map(replica -> new LocalReplicaClient(
                        member.id(),
                        shared.incarnation(),
                        shared.disk(),
                        replica,
                        new Mailbox(context),
                        shared.observability().metrics().traffic(member.id()),
                        slowReplicas.add(member.id(), true),
                        shared.memory()));
    }

    private TcpReplica tcpClient(Member member) {
        NetClient client = shared.sockets()
                .peers()
                .client(
                        context.owner(),
                        new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(CONNECT_TIMEOUT_MS));
        Caller caller = new Caller(
                configuration.clusterId(),
                configuration.nodeId(),
                shared.incarnation(),
                shared.disk(),
                configuration.memberIds());
        TcpReplica peer = new TcpReplica(
                new Dialler(
                        context.owner(),
                        client,
                        new SystemHostLookup(context.owner()),
                        caller,
                        shared.disks(),
                        shared.links(),
                        shared.memory(),
                        shared.troubles()),
                new ReplicaAddress(member.id(), SocketAddress.inetSocketAddress(member.port(), member.host())),
                new LinkOptions(
                        configuration.peers().heartbeatMs(),
                        configuration.peers().silentMs(),
                        configuration.peers().hedgeDelayMsMax(),
                        RETURNED_MS),
                SystemClock.INSTANCE,
                shared.observability().metrics().traffic(member.id()),
                slowReplicas.add(member.id(), false));
        peers.add(peer);
        return peer;
    }
}
