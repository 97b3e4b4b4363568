package io.quorate.deploy.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.link.Links;
import io.quorate.common.link.PeerSockets;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.DisksInMemory;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.delay.SlowReplicas;
import io.quorate.coordinator.replica.tcp.Caller;
import io.quorate.coordinator.replica.tcp.Dialler;
import io.quorate.coordinator.replica.tcp.LinkOptions;
import io.quorate.coordinator.replica.tcp.ReplicaAddress;
import io.quorate.coordinator.replica.tcp.TcpReplica;
import io.quorate.deploy.certificate.IssuedCertificate;
import io.quorate.node.server.RecordedTroubles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coordinator that dials the replica n2, where other processes listen: it tells them nothing of itself. */
@Timeout(60)
final class DiallerTlsTest {
    private static final NodeId ID = new NodeId("n2");
    private static final LinkOptions OPTIONS = new LinkOptions(20, 100, 10, 60_000);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final TestAuthority authority = new TestAuthority();
    private final PeerSockets own = new TlsSockets(authority.material(TestAuthority.node("n1")));
    private final AtomicLong received = new AtomicLong();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final TroubleLog troubles = new TroubleLog(SystemClock.INSTANCE, new RecordedTroubles(lines));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** What another process than n2 of cluster c may show at its address. */
    enum WrongServer {
        OF_ANOTHER_NODE(
                ca -> ca.issue(TestAuthority.node("n3")),
                "its certificate names [quorate://c/node/n3], and not quorate://c/node/n2"),
        OF_A_COORDINATOR(
                ca -> ca.issue(new CertifiedName(TestAuthority.CLUSTER, CertifiedRole.COORDINATOR, ID)),
                "its certificate names [quorate://c/coordinator/n2]"),
        OF_ANOTHER_CLUSTER(
                ca -> ca.issue(new CertifiedName(new ClusterId("d"), CertifiedRole.NODE, ID)),
                "its certificate names [quorate://d/node/n2]"),
        EXPIRED(ca -> ca.expired(TestAuthority.node("n2")), "TLS failed: NotAfter: "),
        OF_ANOTHER_AUTHORITY(ca -> new TestAuthority().issue(TestAuthority.node("n2")), "TLS failed: "),
        SELF_SIGNED(ca -> TestAuthority.selfSigned(TestAuthority.node("n2")), "TLS failed: ");

        private final Function<TestAuthority, IssuedCertificate> made;
        private final String reported;

        WrongServer(Function<TestAuthority, IssuedCertificate> made, String reported) {
            this.made = made;
            this.reported = reported;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherProcessAtTheAddressLearnsNothing(WrongServer wrong) {
        PeerSockets theirs = new TlsSockets(authority.trusting(wrong.made.apply(authority)));

        dial(own, listen(theirs));

        await().until(() -> !lines.isEmpty());
        assertTrue(lines.get(0).contains(wrong.reported), lines::toString);
        assertEquals(0, received.get());
    }

    @Test
    void aReplicaWithoutTlsIsNamedInTheLogAndLearnsNothingOfUs() {
        int port = listen(PeerSockets.PLAIN);

        dial(own, port);

        await().until(() -> !lines.isEmpty());
        assertTrue(lines.get(0).contains("TLS"), lines::toString);
    }

    @Test
    void theReplicaWithItsCertificateIsGreeted() {
        int port = listen(new TlsSockets(authority.material(TestAuthority.node("n2"))));

        dial(own, port);

        await().until(() -> received.get() > 0);
    }

    @Test
    void aDiallerWithoutTlsSaysWhatTheReplicaSpeaks() {
        int port = listen(new TlsSockets(authority.material(TestAuthority.node("n2"))));

        dial(PeerSockets.PLAIN, port);

        await().until(() -> !lines.isEmpty());
        assertTrue(lines.toString().contains("TLS"), lines::toString);
        assertEquals(0, received.get());
    }

    /** The bytes that get through TLS are counted. */
    private int listen(PeerSockets sockets) {
        return sockets.server(vertx, new NetServerOptions().setHost("127.0.0.1").setPort(0))
                .connectHandler(accepted -> accepted.handler(bytes -> received.addAndGet(bytes.length())))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void dial(PeerSockets sockets, int port) {
        CompletableFuture<Reachability> opened = new CompletableFuture<>();
        loop.runOnContext(on -> {
            TcpReplica replica = replica(sockets, port);
            replica.open();
            opened.complete(replica.reachability());
        });
        assertEquals(Reachability.DOWN, opened.join());
    }

    private TcpReplica replica(PeerSockets sockets, int port) {
        Caller caller = new Caller(
                TestAuthority.CLUSTER,
                new NodeId("n1"),
                1,
                Optional.of(new DiskId(1)),
                new MemberIds(List.of(new NodeId("n1"), ID)));
        return new TcpReplica(
                new Dialler(
                        vertx,
                        sockets.client(vertx, new NetClientOptions()),
                        host -> Future.succeededFuture(List.of(host)),
                        caller,
                        new DisksInMemory(2),
                        Links.PLAIN,
                        troubles),
                new ReplicaAddress(ID, SocketAddress.inetSocketAddress(port, "127.0.0.1")),
                OPTIONS,
                SystemClock.INSTANCE,
                new NoTraffic(),
                new SlowReplicas().add(ID, false));
    }

    private static final class NoTraffic implements Traffic {
        @Override
        public void answered(Reply reply, long elapsedNs) {}

        @Override
        public void lost(int requests) {}

        @Override
        public void congested() {}
    }
}
