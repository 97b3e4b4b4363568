package io.quorate.node.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.link.Links;
import io.quorate.common.link.RefusedPeer;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Key;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.common.wire.StoreStatus;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.replica.HandoffHandlers;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.QueryHandler;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.ScanHandler;
import io.quorate.node.replica.StoreHandler;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.server.HandshakeFailures.FailedHandshake;
import io.quorate.node.threads.StorageThreads;
import io.quorate.node.voting.VotingRight;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server on a real socket over a real store. */
@Timeout(30)
class ReplicaServerTest {
    private static final ClusterId CLUSTER = new ClusterId("c");
    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId PEER = new NodeId("n2");
    private static final MemberIds MEMBERS = members("n1", "n2", "n3");
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULTS.withBallastBytes(0).withValueBytesMax(RecordCodec.VALUE_BYTES_MAX);
    private static final DiskId DISK = new DiskId(0x1d15c);
    private static final NodeIdentity IDENTITY = new NodeIdentity(CLUSTER, SELF, 3, Optional.of(DISK));
    private static final Welcome WELCOME = new Welcome(SELF, 3, DISK, Optional.empty(), 7);
    private static final Optional<DiskId> PEER_DISK = Optional.of(new DiskId(0x2d15c));
    private static final Hello HELLO = new Hello(CLUSTER, PEER, 5, PEER_DISK, SELF, MEMBERS);

    private final Vertx vertx = Vertx.vertx();
    private final StorageThreads threads = StorageThreads.start("test");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final TroubleLog troubles = new TroubleLog(SystemClock.INSTANCE, new TroubleLog.TroubleLines() {
        @Override
        public void warn(String line) {
            lines.add("W " + line);
        }

        @Override
        public void info(String line) {
            lines.add("I " + line);
        }
    });
    private Store store;
    private DataDirectory directory;
    private DiskMemory disks;
    private Handshake handshake;
    private Replica replica;
    private int port;

    @BeforeEach
    void startServer(@TempDir Path folder) throws IOException {
        directory = DataDirectory.create(new RealDisk(folder.resolve("data")));
        Store.create(directory);
        store = Store.open(directory, OPTIONS, threads.forStore(), failure -> {});
        VotingRight right = VotingRight.of(directory);
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        KeyStates states = new KeyStates(store, right, threads.readers());
        replica = new Replica(
                clock,
                right,
                new InspectHandler(Optional.of(store), clock, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(
                                states,
                                right,
                                clock,
                                threads.readers(),
                                new Hints(store, 3, HintOptions.DEFAULTS, clock)),
                        ConsensusHandlers.of(states, clock),
                        new ScanHandler(states, threads.readers()),
                        HandoffHandlers.of(
                                states, threads.readers(), new Hints(store, 3, HintOptions.DEFAULTS, clock)))));
        disks = DiskMemory.open(directory.disk(), IDENTITY, MEMBERS);
        handshake = new Handshake(IDENTITY, MEMBERS, disks, SystemClock.INSTANCE);
        port = freePort();
        vertx.deployVerticle(new ReplicaServer(
                        "127.0.0.1", port, replica, handshake, Links.PLAIN, troubles, ReplicaServer.limits()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stopServer() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
        directory.close();
        threads.close();
    }

    @Test
    void aMemberOfTheClusterIsWelcomed() throws IOException {
        try (Wire wire = new Wire()) {
            assertEquals(WELCOME, wire.ask(HELLO));
        }
    }

    @Test
    void aProcessOfAnotherClusterIsRefusedAndHungUpOn() throws IOException {
        assertRefused(
                new Hello(new ClusterId("other"), PEER, 5, PEER_DISK, SELF, MEMBERS),
                HandshakeRefusal.RefusalCause.OTHER_CLUSTER);
    }

    @Test
    void whoMeantToCallAnotherNodeIsRefused() throws IOException {
        assertRefused(
                new Hello(CLUSTER, PEER, 5, PEER_DISK, new NodeId("n3"), MEMBERS),
                HandshakeRefusal.RefusalCause.OTHER_NODE);
    }

    @Test
    void anOlderLifeOfAMemberIsRefused() throws IOException {
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
        }
        assertRefused(
                new Hello(CLUSTER, PEER, 4, PEER_DISK, SELF, MEMBERS), HandshakeRefusal.RefusalCause.OLD_INCARNATION);
    }

    @Test
    void aMemberWithAnotherDiskIsRefusedWithWhatToDoAndBeforeItsIncarnationCounts() throws IOException {
        DiskId known = new DiskId(0x7e57);
        disks.remember(PEER, known);
        assertRefused(new Hello(CLUSTER, PEER, 9, PEER_DISK, SELF, MEMBERS), HandshakeRefusal.RefusalCause.OTHER_DISK);
        String reason = handshake.refusedLately().get(0).reason();
        assertTrue(
                reason.startsWith(
                        "n2 came back with another disk, 000000000002d15c instead of 0000000000007e57: it has forgotten"
                                + " what it acknowledged. "),
                reason);
        try (Wire wire = new Wire()) {
            assertEquals(WELCOME, wire.ask(new Hello(CLUSTER, PEER, 5, Optional.of(known), SELF, MEMBERS)));
        }
    }

    @Test
    void aSecondProcessWithTheNameOfThisNodeIsRefusedAlsoWithTheSameDisk() throws IOException {
        assertRefused(
                new Hello(CLUSTER, SELF, 3, Optional.of(DISK), SELF, MEMBERS),
                HandshakeRefusal.RefusalCause.OTHER_DISK);
    }

    @Test
    void aWelcomeNamesTheDisksThatTheNodeAgreedOn() throws IOException {
        MemberDisks all =
                MemberDisks.of(Map.of(SELF, DISK, PEER, PEER_DISK.orElseThrow(), new NodeId("n3"), new DiskId(3)));
        assertEquals(Optional.empty(), disks.agree(all));
        try (Wire wire = new Wire()) {
            assertEquals(new Welcome(SELF, 3, DISK, Optional.of(all), 7), wire.ask(HELLO));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n2", "n1,n2", "n1,n2,n3,n4", "n1,n2,n5", ""})
    void aProcessWithOtherMembersIsRefusedWithBothLists(String others) throws IOException {
        MemberIds theirs = others.isEmpty() ? new MemberIds(List.of()) : members(others.split(","));
        String reason = "the members here are [n1, n2, n3], yours are " + theirs + "; 'members' must be the same";
        for (int i = 0; i < 2; i++) {
            try (Wire wire = new Wire()) {
                assertEquals(
                        new HandshakeRefusal(HandshakeRefusal.RefusalCause.OTHER_MEMBERS, reason),
                        wire.ask(new Hello(CLUSTER, PEER, 5, PEER_DISK, SELF, theirs)));
                wire.assertClosed();
            }
        }
        assertEquals(List.of(new RefusedPeer(PEER, reason, 2)), handshake.refusedLately());
        aMemberOfTheClusterIsWelcomed();
        assertEquals(List.of(), handshake.refusedLately());
    }

    @Test
    void theSameMembersInAnotherOrderAreWelcome() throws IOException {
        try (Wire wire = new Wire()) {
            assertEquals(WELCOME, wire.ask(new Hello(CLUSTER, PEER, 5, PEER_DISK, SELF, members("n3", "n1", "n2"))));
        }
    }

    @Test
    void aCoordinatorThatIsNoMemberIsWelcomeWithTheSameMembers() throws IOException {
        try (Wire wire = new Wire()) {
            assertEquals(WELCOME, wire.ask(new Hello(CLUSTER, new NodeId("c1"), 1, Optional.empty(), SELF, MEMBERS)));
        }
    }

    @Test
    void bothListsFitIntoARefusalHoweverLongTheirNames() {
        String[] longNames = new String[7];
        for (int i = 0; i < longNames.length; i++) {
            longNames[i] = "x".repeat(NodeId.LENGTH_MAX - 1) + i;
        }
        MemberIds longest = members(longNames);
        HandshakeRefusal refusal = new Handshake(IDENTITY, longest, disks, SystemClock.INSTANCE)
                .check(new Hello(CLUSTER, PEER, 5, PEER_DISK, SELF, MEMBERS), ProtocolRange.SPOKEN)
                .orElseThrow();
        int bytes = refusal.detail().length()
                - MEMBERS.toString().length()
                + longest.toString().length();
        assertTrue(bytes <= 1024, () -> bytes + " bytes");
    }

    @Test
    void strangersWithEverNewNamesTakeBoundedMemory() {
        for (int i = 0; i < 100; i++) {
            handshake.check(
                    new Hello(CLUSTER, new NodeId("x" + i), 5, PEER_DISK, SELF, members("n1")), ProtocolRange.SPOKEN);
        }
        assertEquals(RefusedPeers.PEERS_MAX, handshake.refusedLately().size());
    }

    @Test
    void aRequestBeforeTheHandshakeClosesTheConnectionUnanswered() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send(new Ping());
            wire.assertClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0\0\0\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff garbage"})
    void aStrangersBytesCloseTheConnectionUnanswered(String bytes) throws IOException {
        try (Wire wire = new Wire()) {
            wire.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            wire.assertClosed();
        }
    }

    @Test
    void strangersBytesAreSaidOnceForAHost() throws IOException {
        for (int i = 0; i < 20; i++) {
            aStrangersBytesCloseTheConnectionUnanswered("GET / HTTP/1." + i + "\r\n\r\n");
        }
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("W closing the connection from 127.0.0.1:"), lines::toString);
    }

    @Test
    void aRefusedMemberIsSaidOnceAndItsAcceptanceToo() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertRefused(
                    new Hello(CLUSTER, PEER, 5, PEER_DISK, SELF, members("n2", "x" + i)),
                    HandshakeRefusal.RefusalCause.OTHER_MEMBERS);
        }
        aMemberOfTheClusterIsWelcomed();

        assertEquals(2, lines.size(), lines::toString);
        assertTrue(
                lines.get(0).matches("W refusing n2 at 127\\.0\\.0\\.1:\\d+: the members here are .*"),
                lines::toString);
        assertTrue(
                lines.get(1).matches("I n2 at .* is accepted \\(well again after 20 times in \\d+ s\\)"),
                lines::toString);
    }

    /** Before, each frame of the chunk had a line, with all that the message held. */
    @Test
    void manyFramesThatAreNoRequestsInOneChunkAreSaidOnceAndWithoutTheirContent() throws IOException {
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            BytesWriter chunk = new BytesWriter(64);
            for (int i = 0; i < 1_000; i++) {
                FrameFormat.write(
                        chunk,
                        new Frame(i, new HandshakeRefusal(HandshakeRefusal.RefusalCause.OTHER_NODE, "forged")),
                        7);
            }
            wire.socket.getOutputStream().write(chunk.toByteArray());
            wire.assertClosed();
        }
        await().until(() -> !lines.isEmpty());
        troubles.ended(any -> true, "end");
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("W closing the connection from n2 at 127.0.0.1:"), lines::toString);
        assertTrue(lines.get(0).endsWith(": a HandshakeRefusal is no request"), lines::toString);
        assertEquals("I end (well again after 1 time in 1 s)", lines.get(1));
    }

    @Test
    void aFrameTooLargeForAHandshakeIsRefusedByItsLengthAlone() throws IOException {
        try (Wire wire = new Wire()) {
            wire.socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
            wire.assertClosed();
        }
    }

    @Test
    void aStoredRecordIsShownWithOrWithoutItsContent() throws IOException {
        Record record = new Record(new Version(1, 2, 3, 0), Value.of("v"));
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            assertEquals(new Stored(), wire.ask(new Message.StoreRequest(Key.of("k"), record)));
            assertEquals(new RecordReply(record), wire.ask(new Query(Key.of("k"), true)));
            assertEquals(VersionReply.of(record, Optional.empty()), wire.ask(new Query(Key.of("k"), false)));
        }
    }

    @Test
    void anOlderRecordIsAcknowledgedAndChangesNothing() throws IOException {
        Record newer = new Record(new Version(2, 2, 3, 0), Value.of("new"));
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            wire.ask(new Message.StoreRequest(Key.of("k"), newer));
            Record older = new Record(new Version(1, 2, 3, 0), Value.of("old"));
            assertEquals(new Stored(), wire.ask(new Message.StoreRequest(Key.of("k"), older)));
            assertEquals(new RecordReply(newer), wire.ask(new Query(Key.of("k"), true)));
        }
    }

    @Test
    void aReplicaTellsHowItIs() throws IOException {
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            ReplicaStatus condition = assertInstanceOf(ReplicaStatus.class, wire.ask(new Inspect()));
            assertEquals(ProcessHandle.current().pid(), condition.pid());
            StoreStatus before = condition.store().orElseThrow();
            assertEquals(DiskSpace.ALL_WRITES, before.diskSpace());
            wire.ask(new Message.StoreRequest(Key.of("k"), new Record(new Version(1, 2, 3, 0), Value.of("v"))));
            StoreStatus after = assertInstanceOf(ReplicaStatus.class, wire.ask(new Inspect()))
                    .store()
                    .orElseThrow();
            assertEquals(
                    before.figures().writes().count() + 1,
                    after.figures().writes().count());
            assertTrue(after.figures().log().bytes() > before.figures().log().bytes());
        }
    }

    @Test
    void aFrameAboveTheProtocolsLimitClosesTheConnectionByItsLengthAlone() throws IOException {
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            BytesWriter header = new BytesWriter(8);
            header.writeInt(FrameFormat.REQUEST_BYTES_MAX - 7);
            header.writeInt(0);
            wire.socket.getOutputStream().write(header.toByteArray());
            wire.assertClosed();
        }
    }

    @Test
    void aValueOfAnyLengthThatAnotherProcessAllowsIsStoredAndShown() throws IOException {
        Record longOne = new Record(new Version(1, 2, 3, 0), Value.of("x".repeat(3 << 20)));
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            assertEquals(new Stored(), wire.ask(new Message.StoreRequest(Key.of("k"), longOne)));
            assertEquals(new RecordReply(longOne), wire.ask(new Query(Key.of("k"), true)));
        }
    }

    // ---- impossible numbers ----

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62})
    void anIncarnationThatNoStartHasIsRefusedAndLocksNobodyOut(long incarnation) throws IOException {
        assertRefused(
                new Hello(CLUSTER, PEER, incarnation, PEER_DISK, SELF, MEMBERS),
                HandshakeRefusal.RefusalCause.IMPOSSIBLE_NUMBER);
        aMemberOfTheClusterIsWelcomed();
    }

    /** A caller can claim a possible incarnation too. What the member answers when it is dialled is worth more. */
    @Test
    void aForgedIncarnationLocksNobodyOutThatThisNodeHasDialled() throws IOException {
        try (Wire forger = new Wire()) {
            assertEquals(WELCOME, forger.ask(new Hello(CLUSTER, PEER, 1_000_000, PEER_DISK, SELF, MEMBERS)));
            assertRefused(HELLO, HandshakeRefusal.RefusalCause.OLD_INCARNATION);
            handshake.met(PEER, HELLO.incarnation());
            aMemberOfTheClusterIsWelcomed();
            try (Wire afterARestart = new Wire()) {
                assertEquals(WELCOME, afterARestart.ask(new Hello(CLUSTER, PEER, 6, PEER_DISK, SELF, MEMBERS)));
            }
        }
        handshake.met(PEER, 6);
        assertRefused(HELLO, HandshakeRefusal.RefusalCause.OLD_INCARNATION);
    }

    /** Its incarnation is random, so it may be any number. */
    @Test
    void aProcessWithoutADiskUnderTheNameOfAMemberLocksNobodyOut() throws IOException {
        try (Wire forger = new Wire()) {
            assertEquals(
                    WELCOME, forger.ask(new Hello(CLUSTER, PEER, Long.MAX_VALUE, Optional.empty(), SELF, MEMBERS)));
            aMemberOfTheClusterIsWelcomed();
        }
    }

    @Test
    void aRequestWithAnImpossibleNumberIsRefusedSaidOnceAndChangesNothing() throws IOException {
        Record held = new Record(new Version(1, 2, 3, 0), Value.of("v"));
        Record forged = new Record(new Version(Long.MIN_VALUE, 2, 3, 0), Value.of("forged"));
        try (Wire wire = new Wire()) {
            wire.ask(HELLO);
            wire.ask(new Message.StoreRequest(Key.of("k"), held));
            for (int i = 0; i < 20; i++) {
                Rejected rejected =
                        assertInstanceOf(Rejected.class, wire.ask(new Message.StoreRequest(Key.of("k"), forged)));
                assertEquals(Rejected.RejectionCause.IMPOSSIBLE_NUMBER, rejected.cause());
                assertTrue(rejected.detail().endsWith(". Nothing was applied"), rejected::detail);
            }
            assertEquals(new RecordReply(held), wire.ask(new Query(Key.of("k"), true)));
        }
        assertEquals(20, replica.impossibleRequests());
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.get(0)
                        .matches(
                                "W refusing a request of n2 at 127\\.0\\.0\\.1:\\d+: StoreRequest with an impossible number: .*"),
                lines::toString);
    }

    /** Whatever a Hello claims, the answer is a welcome or a refusal, and the member is welcome afterwards. */
    @Test
    void noHelloOfAnyNumbersAndNamesDoesHarm() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            try (Wire wire = new Wire()) {
                Message answer = wire.ask(anyHello(random));
                assertTrue(
                        answer instanceof Welcome || answer instanceof HandshakeRefusal,
                        () -> answer + " with seed " + seed);
            }
        }
        handshake.met(PEER, HELLO.incarnation());
        aMemberOfTheClusterIsWelcomed();
    }

    private static Hello anyHello(Random random) {
        List<NodeId> names = List.of(PEER, SELF, new NodeId("x"), new NodeId("y".repeat(NodeId.LENGTH_MAX)));
        long[] numbers = {random.nextLong(), 0, -1, 5, 6, Long.MIN_VALUE, Long.MAX_VALUE, random.nextInt(1_000)};
        return new Hello(
                random.nextInt(8) == 0 ? new ClusterId("other") : CLUSTER,
                names.get(random.nextInt(names.size())),
                numbers[random.nextInt(numbers.length)],
                random.nextBoolean() ? PEER_DISK : Optional.empty(),
                random.nextInt(8) == 0 ? PEER : SELF,
                random.nextInt(8) == 0 ? members("n1") : MEMBERS);
    }

    // ---- handshakes that never end ----

    @Test
    void aConnectionWithoutAHandshakeIsClosedInTimeWithALine() throws IOException {
        try (Wire silent = new Wire()) {
            silent.assertClosed();
        }
        assertEquals(1, handshake.failures().of(FailedHandshake.LATE));
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).endsWith(": no handshake within 3000 ms"), lines::toString);
    }

    /** A byte now and then does not prolong the time. */
    @Test
    void aHandshakeThatComesByteForByteIsClosedInTime() throws IOException {
        BytesWriter out = new BytesWriter(64);
        FrameFormat.write(out, new Frame(1, HELLO), 7);
        byte[] hello = out.toByteArray();
        try (Wire slow = new Wire()) {
            slow.socket.setSoTimeout(100);
            boolean closed = false;
            for (int i = 0; i < hello.length - 1 && !closed; i++) {
                closed = slow.sendAndSeeWhetherClosed(hello[i]);
            }
            slow.socket.setSoTimeout(10_000);
            if (!closed) {
                slow.assertClosed();
            }
        }
        assertEquals(1, handshake.failures().of(FailedHandshake.LATE));
    }

    @Test
    void theOldestOfTooManyWithoutAHandshakeMakesRoomAndTheNewestIsGreeted() throws IOException {
        List<Wire> silent = new ArrayList<>();
        try {
            for (int i = 0; i <= Newcomers.MAX; i++) {
                silent.add(new Wire());
            }
            silent.get(0).assertClosed();
            assertEquals(WELCOME, silent.get(Newcomers.MAX).ask(HELLO));
            // On a very busy machine, some of them may be late before the last one arrives.
            assertTrue(
                    handshake.failures().of(FailedHandshake.CROWDED) == 1
                            || handshake.failures().of(FailedHandshake.LATE) > 0,
                    lines::toString);
        } finally {
            for (Wire wire : silent) {
                wire.close();
            }
        }
    }

    private void assertRefused(Hello hello, HandshakeRefusal.RefusalCause cause) throws IOException {
        try (Wire wire = new Wire()) {
            assertEquals(
                    cause,
                    assertInstanceOf(HandshakeRefusal.class, wire.ask(hello)).cause());
            wire.assertClosed();
        }
    }

    private static MemberIds members(String... names) {
        return new MemberIds(Arrays.stream(names).map(NodeId::new).toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The calling side, with nothing but a socket. */
    private final class Wire implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        private final FrameDecoder decoder = new FrameDecoder(FrameFormat.REPLY_BYTES_MAX);
        private final Deque<Frame> received = new ArrayDeque<>();
        private long correlation;

        Wire() throws IOException {
            socket.setSoTimeout(10_000);
        }

        void send(Message message) throws IOException {
            BytesWriter out = new BytesWriter(64);
            FrameFormat.write(out, new Frame(++correlation, message), 7);
            socket.getOutputStream().write(out.toByteArray());
        }

        Message ask(Message message) throws IOException {
            send(message);
            byte[] chunk = new byte[1 << 16];
            InputStream in = socket.getInputStream();
            while (received.isEmpty()) {
                int count = in.read(chunk);
                assertTrue(count > 0, "hung up on without an answer");
                decoder.decode(Arrays.copyOf(chunk, count), received::add);
            }
            Frame reply = received.poll();
            assertEquals(correlation, reply.correlation());
            return reply.message();
        }

        boolean sendAndSeeWhetherClosed(byte next) throws IOException {
            try {
                socket.getOutputStream().write(next);
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException open) {
                return false;
            } catch (SocketException reset) {
                return true;
            }
        }

        void assertClosed() throws IOException {
            try {
                assertEquals(-1, socket.getInputStream().read(), "an answer where none was due");
            } catch (SocketException reset) {
                // closed with bytes of ours unread: a reset is a close too
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
