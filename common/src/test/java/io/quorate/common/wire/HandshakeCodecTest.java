package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What processes of other numbers of the protocol say in a handshake. */
class HandshakeCodecTest {
    private static final NodeId N1 = new NodeId("n1");

    @Test
    void aHelloSaysTheOldestNumberOfItsSender() {
        assertEquals(
                hello(9),
                HandshakeCodec.readHello(new BytesReader(written(hello(9)).toByteArray())));
    }

    /** Nothing is known of what it says. */
    @Test
    void aHelloOfAnEarlierNumberThanSevenIsMalformed() {
        BytesReader in = new BytesReader(written(hello(4)).toByteArray());
        assertEquals(
                "protocol version 4, this process speaks " + ProtocolRange.SPOKEN,
                assertThrows(MalformedException.class, () -> HandshakeCodec.readHello(in))
                        .getMessage());
    }

    @Test
    void aProcessOfLaterNumbersMaySayMore() {
        BytesWriter out = written(hello(8));
        out.writeLong(42);
        BytesReader in = new BytesReader(out.toByteArray());
        assertEquals(hello(8), HandshakeCodec.readHello(in));
        assertEquals(0, in.remaining());
    }

    @Test
    void aProcessThatSpeaksSevenSaysNoMore() {
        BytesWriter out = written(hello(7));
        out.writeByte(42);
        BytesReader in = new BytesReader(out.toByteArray());
        assertEquals(hello(7), HandshakeCodec.readHello(in));
        assertThrows(MalformedException.class, in::requireEnd);
    }

    /** A process of number 7 does not write it, and reads nothing behind the disks. */
    @Test
    void aWelcomeWithoutANumberIsOfNumberSeven() {
        int bytes = written(welcome(8)).length();
        assertEquals(bytes - 1, written(welcome(7)).length());
        assertEquals(
                welcome(7),
                HandshakeCodec.readWelcome(new BytesReader(written(welcome(7)).toByteArray())));
        assertEquals(
                welcome(8),
                HandshakeCodec.readWelcome(new BytesReader(written(welcome(8)).toByteArray())));
    }

    @Test
    void aWelcomeInANumberThatThisProcessDoesNotSpeakIsMalformed() {
        int later = ProtocolRange.SPOKEN.newest() + 1;
        BytesReader in = new BytesReader(written(welcome(later)).toByteArray());
        assertEquals(
                "protocol version " + later + " was chosen, this process speaks " + ProtocolRange.SPOKEN,
                assertThrows(MalformedException.class, () -> HandshakeCodec.readWelcome(in))
                        .getMessage());
    }

    private static BytesWriter written(Hello hello) {
        BytesWriter out = new BytesWriter(64);
        HandshakeCodec.writeHello(out, hello);
        return out;
    }

    private static BytesWriter written(Welcome welcome) {
        BytesWriter out = new BytesWriter(64);
        HandshakeCodec.writeWelcome(out, welcome);
        return out;
    }

    private static Hello hello(int oldestProtocol) {
        return new Hello(oldestProtocol, new ClusterId("c"), N1, 1, Optional.empty(), N1, new MemberIds(List.of(N1)));
    }

    private static Welcome welcome(int protocol) {
        return new Welcome(N1, 1, new DiskId(2), Optional.empty(), protocol);
    }
}
