package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The messages of a handshake as bytes. {@link MessageCodec} draws them. */
final class HandshakeCodec {
    private static final Codes<RefusalCause> CAUSES = new Codes<>(RefusalCause.class);

    private HandshakeCodec() {}

    static void writeHello(BytesWriter out, Hello hello) {
        out.writeByte(MessageCodec.PROTOCOL);
        out.writeString(hello.cluster().name());
        out.writeString(hello.sender().name());
        out.writeLong(hello.incarnation());
        out.writeString(hello.receiver().name());
        out.writeByte(hello.members().ids().size());
        hello.members().ids().forEach(member -> out.writeString(member.name()));
    }

    static Hello readHello(BytesReader in) {
        int protocol = in.readByte();
        if (protocol != MessageCodec.PROTOCOL) {
            throw new MalformedException(
                    "protocol version " + protocol + ", this process speaks " + MessageCodec.PROTOCOL);
        }
        return new Hello(
                readName(in, ClusterId::new),
                readName(in, NodeId::new),
                in.readLong(),
                readName(in, NodeId::new),
                readMembers(in));
    }

    private static MemberIds readMembers(BytesReader in) {
        int count = in.readByte();
        if (count > Placement.MEMBERS_MAX) {
            throw new MalformedException(count + " members, allowed are " + Placement.MEMBERS_MAX);
        }
        List<NodeId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(readName(in, NodeId::new));
        }
        return new MemberIds(ids);
    }

    static void writeWelcome(BytesWriter out, Welcome welcome) {
        out.writeString(welcome.sender().name());
        out.writeLong(welcome.incarnation());
    }

    static Welcome readWelcome(BytesReader in) {
        return new Welcome(readName(in, NodeId::new), in.readLong());
    }

    static void writeRefusal(BytesWriter out, HandshakeRefusal refusal) {
        CAUSES.write(out, refusal.cause());
        Texts.write(out, refusal.detail());
    }

    static HandshakeRefusal readRefusal(BytesReader in) {
        return new HandshakeRefusal(CAUSES.read(in), Texts.read(in));
    }

    private static <T> T readName(BytesReader in, Function<String, T> constructor) {
        try {
            return constructor.apply(in.readString(NodeId.LENGTH_MAX));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }
}
