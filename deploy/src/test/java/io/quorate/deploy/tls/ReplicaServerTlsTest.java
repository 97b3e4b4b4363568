package io.quorate.deploy.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.link.Links;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.deploy.certificate.IssuedCertificate;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.Replica;
import io.quorate.node.server.Handshake;
import io.quorate.node.server.RecordedTroubles;
import io.quorate.node.server.ReplicaServer;
import io.quorate.node.voting.VotingRight;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real peer port with TLS, called by the JDK's own TLS, with all kinds of certificates. */
@Timeout(60)
final class ReplicaServerTlsTest {
    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId PEER = new NodeId("n2");
    private static final MemberIds MEMBERS = new MemberIds(List.of(SELF, PEER, new NodeId("n3")));
    private static final NodeIdentity IDENTITY =
            new NodeIdentity(TestAuthority.CLUSTER, SELF, 3, Optional.of(new DiskId(1)));
    private static final Welcome WELCOME =
            new Welcome(SELF, 3, new DiskId(1), Optional.empty(), ProtocolRange.SPOKEN.newest());
    private static final int READ_MS_MAX = 20_000;
    private static final int FUZZED = 100;

    private final Vertx vertx = Vertx.vertx();
    private final TestAuthority authority = new TestAuthority();
    private final TlsSockets sockets = new TlsSockets(authority.material(TestAuthority.node("n1")));
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final TroubleLog troubles = new TroubleLog(SystemClock.INSTANCE, new RecordedTroubles(lines));
    private DataDirectory directory;
    private Handshake handshake;
    private int port;

    @BeforeEach
    void listen(@TempDir Path folder) throws IOException {
        directory = DataDirectory.create(new RealDisk(folder.resolve("data")));
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        VotingRight right = VotingRight.of(directory);
        Replica replica = new Replica(
                clock,
                right,
                new InspectHandler(Optional.empty(), clock, right, new ProcessGauges()),
                Optional.empty());
        handshake = new Handshake(
                IDENTITY, MEMBERS, DiskMemory.open(directory.disk(), IDENTITY, MEMBERS), SystemClock.INSTANCE);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        vertx.deployVerticle(new ReplicaServer(
                        sockets,
                        "127.0.0.1",
                        port,
                        replica,
                        handshake,
                        Links.PLAIN,
                        troubles,
                        (address, reason) -> refused.add(address + ": " + reason),
                        ReplicaServer.limits(),
                        MemoryBudget.unlimited()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        directory.close();
    }

    /** A certificate that no peer may have who says that it is n2 of cluster c. */
    enum WrongCertificate {
        OF_ANOTHER_NODE(ca -> ca.issue(TestAuthority.node("n3"))),
        OF_A_COORDINATOR(ca -> ca.issue(new CertifiedName(TestAuthority.CLUSTER, CertifiedRole.COORDINATOR, PEER))),
        OF_A_CLIENT(ca -> ca.issue(new CertifiedName(TestAuthority.CLUSTER, CertifiedRole.CLIENT, PEER))),
        OF_ANOTHER_CLUSTER(ca -> ca.issue(new CertifiedName(new ClusterId("d"), CertifiedRole.NODE, PEER))),
        EXPIRED(ca -> ca.expired(TestAuthority.node("n2"))),
        OF_ANOTHER_AUTHORITY(ca -> new TestAuthority().issue(TestAuthority.node("n2"))),
        SELF_SIGNED(ca -> TestAuthority.selfSigned(TestAuthority.node("n2")));

        private final Function<TestAuthority, IssuedCertificate> made;

        WrongCertificate(Function<TestAuthority, IssuedCertificate> made) {
            this.made = made;
        }
    }

    @Test
    void aMemberWithItsCertificateIsWelcome() throws Exception {
        assertEquals(Optional.of(WELCOME), greet(authority.issue(TestAuthority.node("n2")), hello(PEER, 5)));
    }

    @Test
    void aCoordinatorWithItsCertificateIsWelcome() throws Exception {
        NodeId id = new NodeId("c1");
        IssuedCertificate own =
                authority.issue(new CertifiedName(TestAuthority.CLUSTER, CertifiedRole.COORDINATOR, id));
        Hello hello = new Hello(TestAuthority.CLUSTER, id, 1, Optional.empty(), SELF, MEMBERS);

        assertEquals(Optional.of(WELCOME), greet(own, hello));
    }

    @ParameterizedTest
    @EnumSource
    void aPeerWithAWrongCertificateLearnsNothingAndChangesNothing(WrongCertificate wrong) throws Exception {
        assertEquals(Optional.empty(), greet(wrong.made.apply(authority), hello(PEER, 99)));

        await().until(() -> !lines.isEmpty() && refused.size() == 1);
        assertUnchanged();
    }

    @Test
    void aPeerWithoutACertificateLearnsNothingAndChangesNothing() throws Exception {
        assertEquals(Optional.empty(), greet(new KeyManager[0], "TLSv1.3", hello(PEER, 99)));

        await().until(() -> !lines.isEmpty());
        assertUnchanged();
    }

    @Test
    void anOlderTlsIsRefused() throws Exception {
        KeyManager[] own = {authority.material(TestAuthority.node("n2")).keyManager()};

        assertEquals(Optional.empty(), greet(own, "TLSv1.2", hello(PEER, 99)));

        assertUnchanged();
    }

    @Test
    void aPeerWithoutTlsLearnsNothingAndTheLogSaysWhy() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(READ_MS_MAX);
            socket.getOutputStream().write(encoded(hello(PEER, 99)));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertTrue(answer.length < 16, "at most an alert of TLS, and not " + answer.length + " bytes");
        }
        await().until(() -> lines.toString().contains("it speaks no TLS"));
        assertUnchanged();
    }

    /** With the certificate of a client, so that no Hello of all may be welcome. Bytes, and messages that are whole. */
    @Test
    void noFuzzedHelloLearnsOrChangesAnything() throws Exception {
        long seed = SystemClock.INSTANCE.wallMs();
        SplittableRandom random = new SplittableRandom(seed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {authority.material(client("app")).keyManager()},
                new TrustManager[] {TlsMaterial.trustManager(List.of(authority.certificate()))},
                null);
        for (int i = 0; i < FUZZED; i++) {
            byte[] hello = random.nextBoolean() ? mutated(encoded(hello(PEER, 99)), random) : encoded(anyHello(random));
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.setSoTimeout(READ_MS_MAX);
                assertEquals(0, bytesAnswered(socket, hello), "hello " + i + " of seed " + seed);
            }
        }
        assertUnchanged();
    }

    private static CertifiedName client(String name) {
        return new CertifiedName(TestAuthority.CLUSTER, CertifiedRole.CLIENT, new NodeId(name));
    }

    private static byte[] mutated(byte[] hello, SplittableRandom random) {
        byte[] changed = Arrays.copyOf(hello, random.nextInt(2 * hello.length));
        for (int flips = random.nextInt(8); flips > 0 && changed.length > 0; flips--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static Hello anyHello(SplittableRandom random) {
        List<NodeId> members = new ArrayList<>(MEMBERS.ids());
        Collections.shuffle(members, new Random(random.nextLong()));
        Optional<DiskId> disk = random.nextBoolean() ? Optional.of(new DiskId(random.nextLong())) : Optional.empty();
        NodeId sender = random.nextBoolean() ? PEER : members.get(0);
        return new Hello(
                TestAuthority.CLUSTER,
                sender,
                random.nextLong(Long.MAX_VALUE),
                disk,
                members.get(1),
                new MemberIds(members.subList(0, 1 + random.nextInt(members.size()))));
    }

    private static int bytesAnswered(SSLSocket socket, byte[] hello) {
        try {
            socket.startHandshake();
            socket.getOutputStream().write(hello);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException e) {
            return 0; // the server has closed it
        }
    }

    @Test
    void theLogNamesTheCertificateAndTheClaim() throws Exception {
        greet(authority.issue(TestAuthority.node("n3")), hello(PEER, 99));

        await().until(() -> !lines.isEmpty());
        String line = lines.get(0);
        assertTrue(
                line.contains("it says that it is n2, but its certificate names [quorate://c/node/n3], and not"
                        + " quorate://c/node/n2"),
                line);
        await().until(() -> refused.size() == 1);
        assertTrue(refused.get(0).matches("127\\.0\\.0\\.1:\\d+: it says that it is n2, but .*"), refused::toString);
    }

    @Test
    void newAuthoritiesCountFromTheNextConnectionOn() throws Exception {
        TestAuthority next = new TestAuthority();
        IssuedCertificate ofNext = next.issue(TestAuthority.node("n2"));
        assertEquals(Optional.empty(), greet(ofNext, hello(PEER, 5)));
        TlsMaterial old = sockets.material();
        List<X509Certificate> both = List.of(authority.certificate(), next.certificate());

        sockets.use(new TlsMaterial(old.chain(), old.key(), both))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertEquals(Optional.of(WELCOME), greet(ofNext, hello(PEER, 5)));
        assertEquals(Optional.of(WELCOME), greet(authority.issue(TestAuthority.node("n2")), hello(PEER, 5)));
    }

    /** An incarnation of 99 that counted would lock out the real one, which has 5. */
    private void assertUnchanged() throws Exception {
        assertEquals(List.of(), handshake.refusedLately());
        assertEquals(Optional.of(WELCOME), greet(authority.issue(TestAuthority.node("n2")), hello(PEER, 5)));
    }

    private static byte[] encoded(Message message) {
        BytesWriter out = new BytesWriter(64);
        FrameFormat.write(out, new Frame(ProtocolRange.SPOKEN.newest(), message), ProtocolRange.SPOKEN.oldest());
        return out.toByteArray();
    }

    private static Hello hello(NodeId sender, long incarnation) {
        return new Hello(TestAuthority.CLUSTER, sender, incarnation, Optional.of(new DiskId(2)), SELF, MEMBERS);
    }

    private Optional<Message> greet(IssuedCertificate own, Hello hello) throws Exception {
        return greet(new KeyManager[] {authority.trusting(own).keyManager()}, "TLSv1.3", hello);
    }

    /** The answer to a handshake, or empty if the connection ended without one. */
    private Optional<Message> greet(KeyManager[] own, String protocol, Hello hello)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {TlsMaterial.trustManager(List.of(authority.certificate()))}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout(READ_MS_MAX);
            return answer(socket, hello);
        }
    }

    private static Optional<Message> answer(SSLSocket socket, Hello hello) {
        List<Frame> frames = new ArrayList<>();
        try {
            socket.startHandshake();
            socket.getOutputStream().write(encoded(hello));
            InputStream in = socket.getInputStream();
            FrameDecoder decoder = new FrameDecoder(FrameFormat.HANDSHAKE_BYTES_MAX);
            byte[] chunk = new byte[FrameFormat.HANDSHAKE_BYTES_MAX];
            int length = in.read(chunk);
            while (length >= 0 && frames.isEmpty()) {
                decoder.decode(Arrays.copyOf(chunk, length), frames::add);
                length = frames.isEmpty() ? in.read(chunk) : length;
            }
        } catch (IOException e) {
            // The server refuses the certificate during the handshake, or behind it, as TLS 1.3 allows.
        }
        return frames.stream().map(Frame::message).findFirst();
    }
}
