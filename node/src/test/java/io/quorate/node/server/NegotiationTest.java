package io.quorate.node.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.link.Links;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.node.identity.DiskMemory;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.Replica;
import io.quorate.node.voting.VotingRight;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer port that processes of earlier and of later numbers of the protocol call, with nothing but a socket. */
@Timeout(30)
class NegotiationTest {
    private static final ClusterId CLUSTER = new ClusterId("c");
    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId PEER = new NodeId("n2");
    private static final MemberIds MEMBERS = new MemberIds(List.of(SELF, PEER));
    private static final NodeIdentity IDENTITY = new NodeIdentity(CLUSTER, SELF, 3, Optional.of(new DiskId(1)));

    private final Vertx vertx = Vertx.vertx();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private DataDirectory directory;
    private Handshake handshake;
    private int port;

    @BeforeEach
    void listen(@TempDir Path folder) throws IOException {
        directory = DataDirectory.create(new RealDisk(folder.resolve("data")));
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        VotingRight right = VotingRight.of(directory);
        InspectHandler inspect = new InspectHandler(Optional.empty(), clock, right, new ProcessGauges());
        handshake = new Handshake(
                IDENTITY, MEMBERS, DiskMemory.open(directory.disk(), IDENTITY, MEMBERS), SystemClock.INSTANCE);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        TroubleLog troubles = new TroubleLog(SystemClock.INSTANCE, new RecordedTroubles(lines));
        vertx.deployVerticle(new ReplicaServer(
                        "127.0.0.1",
                        port,
                        new Replica(clock, right, inspect, Optional.empty()),
                        handshake,
                        Links.PLAIN,
                        troubles,
                        ReplicaServer.limits()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        directory.close();
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "7, 0, 7", // what a process of number 7 sends
        "7, 8, 8",
        "7, 9, 9",
        "8, 9, 9",
        "7, 10, 9",
        "9, 10, 9",
    })
    void aCallerIsServedInTheHighestCommonNumber(int oldest, long newest, int common) throws IOException {
        try (Caller caller = new Caller()) {
            assertEquals(welcome(common), caller.ask(newest, hello(oldest, 5)));
            caller.speak(common);
            assertInstanceOf(Pong.class, caller.ask(1, new Ping()));
        }
    }

    /** The first request may come with the handshake, in one piece. */
    @Test
    void aRequestRightBehindTheHandshakeIsReadInTheNumberThatWasChosen() throws IOException {
        try (Caller caller = new Caller()) {
            BytesWriter both = new BytesWriter(64);
            FrameFormat.write(both, new Frame(8, hello(7, 5)), 8);
            FrameFormat.write(both, new Frame(9, new Ping()), 8);
            caller.socket.getOutputStream().write(both.toByteArray());
            assertEquals(welcome(8), caller.receive().message());
            caller.speak(8);
            assertInstanceOf(Pong.class, caller.receive().message());
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"10, 10", "10, 11", "255, 255"})
    void aCallerWithoutACommonNumberIsRefusedAndChangesNothing(int oldest, long newest) throws IOException {
        String theirs = new ProtocolRange(oldest, (int) newest).toString();
        String reason = "this process speaks protocol 7 to 9, you speak " + theirs
                + "; upgrade by way of a version that speaks both";
        try (Caller caller = new Caller()) {
            assertEquals(
                    new HandshakeRefusal(RefusalCause.OTHER_PROTOCOL, reason), caller.ask(newest, hello(oldest, 99)));
            assertEquals(-1, caller.socket.getInputStream().read());
        }
        assertEquals(reason, handshake.refusedLately().get(0).reason());
        assertTrue(lines.get(0).startsWith("refusing n2 at ") && lines.get(0).endsWith(reason), lines::toString);

        aCallerIsServedInTheHighestCommonNumber(7, 8, 8); // whose incarnation is older than that of the refused one
        await().until(() -> lines.get(lines.size() - 1).contains(" is accepted"));
    }

    /** Numbers below 7 had other handshakes. Nobody knows who calls, so there is no answer. */
    @Test
    void aCallerOfAnEarlierNumberIsHungUpOnWithALine() throws IOException {
        try (Caller caller = new Caller()) {
            caller.send(new Frame(0, hello(6, 5)));
            assertEquals(-1, caller.socket.getInputStream().read());
        }
        assertTrue(lines.get(0).endsWith(": protocol version 6, this process speaks 7 to 9"), lines::toString);
    }

    /** A lower number is no way around the checks of the handshake. */
    @ParameterizedTest
    @CsvSource({"7, 0", "7, 8", "8, 9"})
    void everyNumberIsCheckedAlike(int oldest, long newest) throws IOException {
        handshake.met(PEER, 6);
        try (Caller caller = new Caller()) {
            HandshakeRefusal refusal = assertInstanceOf(HandshakeRefusal.class, caller.ask(newest, hello(oldest, 5)));
            assertEquals(RefusalCause.OLD_INCARNATION, refusal.cause());
        }
    }

    private static Hello hello(int oldestProtocol, long incarnation) {
        return new Hello(oldestProtocol, CLUSTER, PEER, incarnation, Optional.of(new DiskId(2)), SELF, MEMBERS);
    }

    private static Welcome welcome(int protocol) {
        return new Welcome(SELF, 3, new DiskId(1), Optional.empty(), protocol);
    }

    private final class Caller implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        private final FrameDecoder decoder = new FrameDecoder(FrameFormat.REPLY_BYTES_MAX);
        private final Deque<Frame> received = new ArrayDeque<>();
        private int protocol = 7;

        Caller() throws IOException {
            socket.setSoTimeout(10_000);
        }

        void speak(int number) {
            protocol = number;
            decoder.protocol(number);
        }

        void send(Frame frame) throws IOException {
            BytesWriter out = new BytesWriter(64);
            FrameFormat.write(out, frame, protocol);
            socket.getOutputStream().write(out.toByteArray());
        }

        Frame receive() throws IOException {
            byte[] chunk = new byte[1 << 10];
            while (received.isEmpty()) {
                int count = socket.getInputStream().read(chunk);
                assertTrue(count > 0, "hung up on without an answer");
                decoder.decode(Arrays.copyOf(chunk, count), received::add);
            }
            return received.remove();
        }

        Message ask(long correlation, Message message) throws IOException {
            send(new Frame(correlation, message));
            Frame answer = receive();
            assertEquals(correlation, answer.correlation());
            return answer.message();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
