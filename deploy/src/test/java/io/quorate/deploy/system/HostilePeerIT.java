package io.quorate.deploy.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that may reach a node's ports, and means no good, neither fills the node's log nor forges a line. */
final class HostilePeerIT {
    private static final int TIMES = 30;
    private static final int HELLO_TYPE = 1;
    private static final String FORGED = "2001-01-01T00:00:00.000Z ERROR Store [main] forged";

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final LocalNode node = CLUSTER.node(1);

    @Test
    void aNameWithANewlineForgesNoLineAndIsLoggedOnce() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            sendUntilClosed(node.peerPort(), hello("n\n" + FORGED));
        }

        List<String> log = node.log().lines().toList();
        assertTrue(log.stream().noneMatch(line -> line.startsWith(FORGED)), node::log);
        assertEquals(
                1,
                log.stream()
                        .filter(line -> line.contains("'n\\n" + FORGED + "'"))
                        .count(),
                node::log);
    }

    @Test
    void garbageAtTheHttpPortMakesNoLines() throws IOException {
        long before = node.log().lines().count();
        for (String garbage : List.of("\n" + FORGED + "\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\1\2\3\r\n\r\n")) {
            for (int i = 0; i < TIMES; i++) {
                sendUntilClosed(node.httpPort(), garbage.getBytes(ISO_8859_1));
            }
        }

        assertTrue(node.log().lines().count() - before < TIMES, node::log);
    }

    @Test
    void aForgedIncarnationIsRefusedAndTheClusterGoesOn() throws IOException {
        Hello forged = new Hello(
                new ClusterId("test"),
                new NodeId("n2"),
                Long.MAX_VALUE,
                Optional.of(new DiskId(1)),
                new NodeId("n1"),
                new MemberIds(Stream.of("n1", "n2", "n3").map(NodeId::new).toList()));
        BytesWriter frame = new BytesWriter(64);
        FrameFormat.write(frame, new Frame(1, forged), ProtocolRange.SPOKEN.oldest());
        sendUntilClosed(node.peerPort(), frame.toByteArray());

        assertTrue(node.log().contains("with an impossible number: the incarnation is"), node::log);
    }

    /** A frame with a good checksum around a handshake whose cluster has this name. */
    private static byte[] hello(String cluster) {
        BytesWriter body = new BytesWriter(64);
        body.writeByte(HELLO_TYPE);
        body.writeLong(0);
        body.writeByte(ProtocolRange.SPOKEN.oldest());
        body.writeString(cluster);
        BytesWriter frame = new BytesWriter(64);
        frame.writeInt(body.length());
        frame.writeInt(Checksum.crc32c(body.array(), 0, body.length()));
        byte[] header = frame.toByteArray();
        byte[] whole = Arrays.copyOf(header, header.length + body.length());
        System.arraycopy(body.array(), 0, whole, header.length, body.length());
        return whole;
    }

    private static void sendUntilClosed(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(LocalNode.HOST, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            // closed with bytes of ours unread: a reset is a close too
        }
    }
}
