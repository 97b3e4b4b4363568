package io.quorate.coordinator.replica.tcp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.link.FramedSocket;
import io.quorate.common.link.Links;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Key;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.coordinator.replica.DisksInMemory;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.delay.SlowReplicas;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A replica behind a socket of this machine, and a peer that answers as the test wants. Both live on one event loop.
 */
class TcpReplicaTest {
    private static final NodeId ID = new NodeId("n2");
    private static final int PEER_AHEAD_MS = 60_000;
    private static final LinkOptions OPTIONS = new LinkOptions(20, 100, 10, 60_000);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final Answers recorded = new Answers() {
        @Override
        public void replied(int index, Reply reply) {
            String name = reply.getClass().getSimpleName();
            answers.add(reply instanceof Rejected rejected ? name + " " + rejected.cause() : name);
        }

        @Override
        public void failed(int index, Failure failure) {
            answers.add(failure.name());
        }
    };
    private final CountedTraffic traffic = new CountedTraffic();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final PeerDisks disks = new DisksInMemory(1);
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
    private volatile List<String> addresses = List.of("127.0.0.1");
    private final HostLookup hosts = host -> Future.succeededFuture(addresses);
    private Peer peer;
    private TcpReplica replica;

    @BeforeEach
    void dial() {
        peer = onLoop(Peer::new);
        int port = onLoop(peer::listen)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        replica = onLoop(() -> newReplica(port));
        run(replica::open);
    }

    @AfterEach
    void close() {
        run(replica::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aReplicaIsDownUntilItsFirstHandshakeAndThenUp() {
        assertEquals(Reachability.DOWN, onLoop(() -> newReplica(1).reachability()));
        awaitReachability(Reachability.UP);
        assertEquals("", trouble());
        ask();
        await().until(() -> answers.equals(List.of("Stored")));
    }

    @Test
    void aPongReportsTheClockAndTheVote() {
        peer.votingStatus = VotingStatus.FILLING;
        awaitReachability(Reachability.UP);
        await().until(() -> onLoop(replica::votingStatus) == VotingStatus.FILLING);
        assertEquals(
                PEER_AHEAD_MS, onLoop(replica::vitals).clock().orElseThrow().aheadMs(SystemClock.INSTANCE), 5_000);
    }

    @Test
    void aReplicaIsDownAndItsClockUnknownUntilItsFirstPong() {
        run(() -> peer.paused = true);
        run(peer::disconnect);
        await().until(() -> trouble().equals("no answer to the first ping"));
        assertEquals(Reachability.DOWN, onLoop(replica::reachability));
        assertEquals(Optional.empty(), onLoop(replica::vitals).clock());
        run(() -> peer.paused = false);
        await().until(() -> onLoop(replica::reachability).isReachable());
    }

    @Test
    void aRequestToAReplicaThatIsDownIsNotSent() {
        awaitReachability(Reachability.UP);
        run(peer::close);
        awaitReachability(Reachability.DOWN);
        ask();
        await().until(() -> answers.equals(List.of("NOT_SENT")));
        assertEquals(0, traffic.lost);
    }

    /** Not as unreachable: then its client would be told that there is no quorum. */
    @Test
    void aRequestThatDoesNotFitBesideTheOthersIsRefusedAsTooMuch() {
        awaitReachability(Reachability.UP);
        run(() -> {
            assertTrue(replica.reserve(Outbox.BYTES_MAX));
            replica.ask(storeRequest(new byte[1]), 0, recorded);
        });
        await().until(() -> answers.equals(List.of("Rejected OVERLOADED")));
        run(() -> replica.giveBack(Outbox.BYTES_MAX));
        ask();
        await().until(() -> answers.size() == 2);
        assertEquals("Stored", answers.get(1));
    }

    /** A STORE that is not sent when other replicas have stored it ends its write as unknown, and not as refused. */
    @Test
    void aRequestWithASpaceOfItsOwnIsSentHoweverMuchWaitsByThen() {
        awaitReachability(Reachability.UP);
        StoreRequest large = storeRequest(new byte[(int) Outbox.BYTES_MAX + 1]);
        run(() -> {
            assertTrue(replica.reserve(large.contentBytes()));
            replica.ask(new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN), 0, recorded);
            assertFalse(replica.reserve(1));
            replica.askReserved(large.contentBytes(), large, Frame.ANY_TIME, 0, recorded);
        });
        // A busy machine may lose them by silence: the message takes the loop for a while.
        await().until(() -> answers.size() == 2);
        assertFalse(answers.contains("NOT_SENT"), answers::toString);
        await().until(() -> onLoop(() -> replica.reserve(Outbox.BYTES_MAX)));
    }

    private static StoreRequest storeRequest(byte[] bytes) {
        return new StoreRequest(
                Key.of("k"),
                new Record(new Version(1, 1, 1, 0), Value.of(bytes, Value.DEFAULT_CONTENT_TYPE, Value.NEVER_EXPIRES)));
    }

    @Test
    void theRequestsThatAreOwedAreLostWithTheConnectionAndTheReplicaReturns() {
        awaitReachability(Reachability.UP);
        run(() -> peer.paused = true);
        ask();
        run(peer::disconnect);
        await().until(() -> answers.equals(List.of("LOST")));
        assertEquals(1, traffic.lost);
        run(() -> peer.paused = false);
        awaitReachability(Reachability.RETURNED);
    }

    @Test
    void aSilentReplicaLosesWhatItOwesAndReturnsWhenItAnswers() {
        awaitReachability(Reachability.UP);
        run(() -> peer.paused = true);
        ask();
        awaitReachability(Reachability.SILENT);
        assertEquals("silent", trouble());
        await().until(() -> answers.equals(List.of("LOST")));
        assertEquals(1, traffic.lost);
        run(() -> peer.paused = false);
        awaitReachability(Reachability.RETURNED);
        assertEquals(List.of("LOST"), answers);
    }

    @Test
    void anAnswerWhoseReceiverThrowsKeepsNoOtherAnswerBack() {
        awaitReachability(Reachability.UP);
        traffic.isBroken = true;
        run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> defects.add(defect));
            replica.ask(new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN), 0, new BrokenAnswers());
            replica.ask(new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN), 0, new BrokenAnswers());
        });
        ask();
        await().until(() -> answers.equals(List.of("Stored")));
        assertEquals(Reachability.UP, onLoop(replica::reachability));
        assertTrue(defects.size() >= 4, defects::toString);
    }

    @Test
    void aReceiverThatThrowsWhenItsRequestIsLostKeepsNoOtherOneWaitingAndTheReplicaReturns() {
        awaitReachability(Reachability.UP);
        traffic.isBroken = true;
        run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> defects.add(defect));
            peer.paused = true;
            replica.ask(new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN), 0, new BrokenAnswers());
        });
        ask();
        run(peer::disconnect);
        await().until(() -> answers.equals(List.of("LOST")));
        run(() -> peer.paused = false);
        awaitReachability(Reachability.RETURNED);
    }

    @Test
    void aReplicaThatStaysSilentIsDialledAgain() {
        awaitReachability(Reachability.UP);
        run(() -> peer.paused = true);
        await().atMost(Duration.ofSeconds(20)).until(() -> onLoop(() -> peer.handshakes) > 1);
    }

    @Test
    void anOlderIncarnationIsNotAccepted() {
        awaitReachability(Reachability.UP);
        run(() -> {
            peer.incarnation = 6;
            peer.disconnect();
        });
        await().until(() -> trouble().startsWith("came back with incarnation 6 after 7"));
        assertEquals(Reachability.DOWN, onLoop(replica::reachability));
        assertEquals(7, onLoop(replica::vitals).incarnation());
    }

    @Test
    void aReplicaWhoseAddressChangesIsFoundAgain() {
        awaitReachability(Reachability.UP);
        addresses = List.of("127.0.0.2");
        run(peer::disconnect);
        awaitReachability(Reachability.DOWN);
        addresses = List.of("127.0.0.1");
        awaitReachability(Reachability.RETURNED);
    }

    @Test
    void eachAddressOfAHostIsTried() {
        awaitReachability(Reachability.UP);
        addresses = List.of("127.0.0.2", "127.0.0.3", "127.0.0.1");
        run(peer::disconnect);
        awaitReachability(Reachability.RETURNED);
    }

    @Test
    void aReplicaThatIsClosedIsNotDialledAgain() {
        awaitReachability(Reachability.UP);
        run(replica::close);
        awaitReachability(Reachability.DOWN);
        assertEquals("connection closed", trouble());
        assertEquals(1, onLoop(() -> peer.handshakes));
    }

    /** Before, each dial said so again, twice a second. */
    @Test
    void aRefusalIsSaidOnceHoweverOftenTheReplicaIsDialled() {
        awaitReachability(Reachability.UP);
        run(() -> {
            peer.refusal = Optional.of(new HandshakeRefusal(RefusalCause.OTHER_MEMBERS, "the members differ"));
            peer.handshakes = 0;
            peer.disconnect();
        });
        await().until(() -> onLoop(() -> peer.handshakes) >= 4);
        assertEquals(1, warnings("refused the handshake: OTHER_MEMBERS, the members differ"), lines::toString);
        assertEquals("refused the handshake: OTHER_MEMBERS, the members differ", trouble());

        run(() -> peer.refusal = Optional.empty());
        await().until(() -> lines.get(lines.size() - 1).contains("n2 is up at replica.test"));
        assertTrue(lines.get(lines.size() - 1).contains("(well again after "), lines::toString);
    }

    @Test
    void aRefusalStaysTheTroubleWhileTheReplicaIsDialledAgain() {
        awaitReachability(Reachability.UP);
        run(() -> {
            peer.refusal = Optional.of(new HandshakeRefusal(RefusalCause.OTHER_MEMBERS, "the members differ"));
            peer.disconnect();
        });
        await().until(() -> trouble().startsWith("refused"));
        run(() -> {
            peer.handshakes = 0;
            peer.refusal = Optional.empty();
            peer.answersHandshakes = false;
        });
        await().until(() -> onLoop(() -> peer.handshakes) == 1);
        assertEquals("refused the handshake: OTHER_MEMBERS, the members differ", trouble());
    }

    @Test
    void garbageAfterEachHandshakeIsSaidOnce() {
        awaitReachability(Reachability.UP);
        run(() -> {
            peer.sendsGarbage = true;
            peer.handshakes = 0;
            peer.disconnect();
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> onLoop(() -> peer.handshakes) >= 5);
        assertEquals(1, warnings("is down: frame of"), lines::toString);
        assertTrue(lines.size() <= 4, lines::toString);
    }

    @Test
    void answersThatAreNoRepliesAreSaidOnce() {
        awaitReachability(Reachability.UP);
        run(() -> peer.answersWithRequests = true);
        for (int i = 0; i < 5; i++) {
            ask();
        }
        await().until(() -> answers.size() == 5);
        assertEquals(List.of("LOST"), answers.stream().distinct().toList());
        assertEquals(1, warnings("answered a request with a Ping"), lines::toString);
    }

    @Test
    void repliesWithImpossibleNumbersDoNotCountAndAreSaidOnce() {
        awaitReachability(Reachability.UP);
        run(() -> peer.answersWithImpossibleAges = true);
        for (int i = 0; i < 5; i++) {
            ask();
        }
        await().until(() -> answers.size() == 5);
        assertEquals(List.of("LOST"), answers.stream().distinct().toList());
        assertEquals(5, traffic.impossible);
        assertEquals(1, warnings("does not count: Outdated with an impossible number: the age is"), lines::toString);
        assertTrue(onLoop(replica::reachability).isReachable());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void aReplicaWithAnImpossibleIncarnationIsRefusedAndNotLockedOut(long incarnation) {
        awaitReachability(Reachability.UP);
        run(() -> peer.incarnation = incarnation);
        run(peer::disconnect);
        await().until(() -> trouble().startsWith("answered the handshake with Welcome with an impossible number"));
        run(() -> peer.incarnation = 8);
        awaitReachability(Reachability.RETURNED);
    }

    @Test
    void aVoteThatComesAndGoesIsSaidOnce() {
        awaitReachability(Reachability.UP);
        for (int i = 0; i < 5; i++) {
            for (VotingStatus status : List.of(VotingStatus.DAMAGED, VotingStatus.VOTING)) {
                peer.votingStatus = status;
                await().until(() -> onLoop(replica::votingStatus) == status);
            }
        }
        assertEquals(List.of("W n2 is now damaged", "I n2 is now voting (well again after 1 time in 1 s)"), lines);
    }

    @Test
    void aReplicaWithAnotherDiskIsRefusedUntilTheKnownOneIsBack() {
        awaitReachability(Reachability.UP);
        peer.disk = new DiskId(3);
        peer.incarnation = 8;
        run(peer::disconnect);
        await().until(() ->
                trouble().startsWith("came back with another disk, 0000000000000003 instead of 0000000000000002: "));
        assertEquals(Reachability.DOWN, onLoop(replica::reachability));
        assertEquals(Optional.of(new DiskId(2)), onLoop(replica::vitals).disk());
        peer.disk = new DiskId(2);
        peer.incarnation = 7; // the incarnation of the refused disk did not count
        awaitReachability(Reachability.RETURNED);
    }

    // ---- numbers of the protocol ----

    @Test
    void aHelloSaysTheNumbersOfThisProcessWhereAProcessOfNumberSevenReadsThem() {
        awaitReachability(Reachability.UP);
        Frame frame = onLoop(() -> peer.hello);
        assertEquals(ProtocolRange.SPOKEN.oldest(), ((Hello) frame.message()).oldestProtocol());
        assertEquals(ProtocolRange.SPOKEN.newest(), frame.correlation());
    }

    @Test
    void aReplicaThatSaysNoNumberIsAskedInNumberSeven() {
        awaitReachability(Reachability.UP);
        ask();
        await().until(() -> answers.equals(List.of("Stored")));
        assertEquals(OptionalInt.of(7), onLoop(replica::vitals).protocol());
        await().until(() -> lines.isEmpty()); // only the first connection of all, which is no trouble
    }

    /** What waits for the old process was promised to it alone, and is in its number. */
    @Test
    void nothingThatWaitedForTheOldProcessIsSentToTheNewOneOfAnotherNumber() {
        awaitReachability(Reachability.UP);
        run(() -> {
            peer.sockets.forEach(NetSocket::pause);
            for (int i = 0; i < 50; i++) {
                replica.ask(storeRequest(new byte[1 << 17]), 0, recorded);
            }
            peer.stored = 0;
            peer.protocol = 8;
            peer.disconnect();
        });
        await().until(() -> answers.size() == 50);
        assertTrue(answers.stream().allMatch("LOST"::equals), answers::toString);
        awaitReachability(Reachability.RETURNED);
        assertEquals(OptionalInt.of(8), onLoop(replica::vitals).protocol());
        ask();
        await().until(() -> answers.size() == 51);
        assertEquals("Stored", answers.get(50));
        assertEquals(1, onLoop(() -> peer.stored));
    }

    @Test
    void aReplicaThatChoosesANumberThatThisProcessDoesNotSpeakIsNotAsked() {
        awaitReachability(Reachability.UP);
        run(() -> {
            peer.protocol = ProtocolRange.SPOKEN.newest() + 1;
            peer.disconnect();
        });
        await().until(() -> trouble().equals("protocol version 10 was chosen, this process speaks 7 to 9"));
        assertEquals(OptionalInt.empty(), onLoop(replica::vitals).protocol());
        assertEquals(Reachability.DOWN, onLoop(replica::reachability));
    }

    private long warnings(String part) {
        return lines.stream()
                .filter(line -> line.startsWith("W ") && line.contains(part))
                .count();
    }

    private TcpReplica newReplica(int port) {
        Caller caller = new Caller(
                new ClusterId("c"), new NodeId("n1"), 1, Optional.of(new DiskId(1)), new MemberIds(List.of(ID)));
        return new TcpReplica(
                new Dialler(vertx, vertx.createNetClient(), hosts, caller, disks, Links.PLAIN, troubles),
                new ReplicaAddress(ID, SocketAddress.inetSocketAddress(port, "replica.test")),
                OPTIONS,
                SystemClock.INSTANCE,
                traffic,
                new SlowReplicas().add(ID, false));
    }

    private void awaitReachability(Reachability expected) {
        await().atMost(Duration.ofSeconds(20)).until(() -> onLoop(replica::reachability) == expected);
    }

    private String trouble() {
        return onLoop(replica::vitals).trouble();
    }

    private void ask() {
        run(() -> replica.ask(new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN), 0, recorded));
    }

    private void run(Runnable action) {
        onLoop(() -> {
            action.run();
            return true;
        });
    }

    private <T> T onLoop(Supplier<T> action) {
        Promise<T> result = Promise.promise();
        loop.runOnContext(on -> {
            try {
                result.complete(action.get());
            } catch (AssertionError | RuntimeException e) {
                result.fail(e);
            }
        });
        return result.future().toCompletionStage().toCompletableFuture().join();
    }

    private static final class CountedTraffic implements Traffic {
        private volatile int lost;
        private volatile int impossible;
        private volatile boolean isBroken;

        @Override
        public void answered(Reply reply, long elapsedNs) {
            failIfBroken();
        }

        @Override
        public void lost(int requests) {
            lost += requests;
            failIfBroken();
        }

        @Override
        public void impossible() {
            impossible++;
        }

        private void failIfBroken() {
            if (isBroken) {
                throw new IllegalStateException("a planned defect");
            }
        }
    }

    private static final class BrokenAnswers implements Answers {
        @Override
        public void replied(int index, Reply reply) {
            throw new IllegalStateException("a planned defect");
        }

        @Override
        public void failed(int index, Failure failure) {
            throw new IllegalStateException("a planned defect");
        }
    }

    /** Answers each handshake with a welcome, each ping with a pong, and everything else with the same reply. */
    private final class Peer {
        private final NetServer server = vertx.createNetServer();
        private final List<NetSocket> sockets = new ArrayList<>();
        private volatile VotingStatus votingStatus = VotingStatus.VOTING;
        private long incarnation = 7;
        private volatile DiskId disk = new DiskId(2);
        private Optional<HandshakeRefusal> refusal = Optional.empty();
        private boolean answersHandshakes = true;
        private boolean sendsGarbage;
        private boolean answersWithRequests;
        private boolean answersWithImpossibleAges;
        private boolean paused;
        private int handshakes;
        private Frame hello;
        private int stored;
        /** That it chooses. A process of number 7 says no other one. */
        private int protocol = 7;

        Future<NetServer> listen() {
            return server.connectHandler(this::connected).listen(0, "127.0.0.1");
        }

        private void connected(NetSocket socket) {
            sockets.add(socket);
            FramedSocket[] framed = new FramedSocket[1];
            framed[0] = new FramedSocket(
                    socket,
                    loop,
                    frame -> {
                        answer(framed[0], frame);
                        if (sendsGarbage) {
                            loop.runOnContext(later -> socket.write("garbage that is no frame"));
                        }
                    },
                    malformed -> {});
        }

        private void answer(FramedSocket socket, Frame frame) {
            if (frame.message() instanceof Hello) {
                handshakes++;
                hello = frame;
                socket.limit(FrameFormat.REQUEST_BYTES_MAX);
                if (answersHandshakes) {
                    Welcome welcome = new Welcome(ID, incarnation, disk, Optional.empty(), protocol);
                    socket.send(frame.correlation(), refusal.isPresent() ? refusal.get() : welcome);
                    socket.protocol(protocol);
                }
            } else if (answersWithRequests) {
                socket.send(frame.correlation(), new Ping());
            } else if (answersWithImpossibleAges && !(frame.message() instanceof Ping)) {
                socket.send(frame.correlation(), new Outdated(-1));
            } else if (!paused) {
                socket.send(frame.correlation(), reply(frame));
            }
        }

        private Reply reply(Frame frame) {
            stored += frame.message() instanceof StoreRequest ? 1 : 0;
            return frame.message() instanceof Ping
                    ? new Pong(SystemClock.INSTANCE.wallMs() + PEER_AHEAD_MS, votingStatus)
                    : new Stored();
        }

        void disconnect() {
            sockets.forEach(NetSocket::close);
            sockets.clear();
        }

        void close() {
            server.close();
            disconnect();
        }
    }
}
