package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The messages of a handshake, and of founding, as bytes. {@link MessageCodec} draws them. */
final class HandshakeCodec {
    private static final Codes<RefusalCause> CAUSES = new Codes<>(RefusalCause.class);

    private HandshakeCodec() {}

    static void writeHello(BytesWriter out, Hello hello) {
        out.writeByte(MessageCodec.PROTOCOL);
        out.writeString(hello.cluster().name());
        out.writeString(hello.sender().name());
        out.writeLong(hello.incarnation());
        out.writeFlag(hello.disk().isPresent());
        hello.disk().ifPresent(disk -> out.writeLong(disk.bits()));
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
                in.readFlag() ? Optional.of(new DiskId(in.readLong())) : Optional.empty(),
                readName(in, NodeId::new),
                readMembers(in));
    }

    private static int readCount(BytesReader in) {
        int count = in.readByte();
        if (count > Placement.MEMBERS_MAX) {
            throw new MalformedException(count + " members, allowed are " + Placement.MEMBERS_MAX);
        }
        return count;
    }

    private static MemberIds readMembers(BytesReader in) {
        int count = readCount(in);
        List<NodeId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(readName(in, NodeId::new));
        }
        return new MemberIds(ids);
    }

    static void writeWelcome(BytesWriter out, Welcome welcome) {
        out.writeString(welcome.sender().name());
        out.writeLong(welcome.incarnation());
        out.writeLong(welcome.disk().bits());
        out.writeFlag(welcome.agreed().isPresent());
        welcome.agreed().ifPresent(agreed -> writeDisks(out, agreed));
    }

    static Welcome readWelcome(BytesReader in) {
        return new Welcome(
                readName(in, NodeId::new),
                in.readLong(),
                new DiskId(in.readLong()),
                in.readFlag() ? Optional.of(readDisks(in)) : Optional.empty());
    }

    private static void writeDisks(BytesWriter out, MemberDisks disks) {
        out.writeByte(disks.byMember().size());
        disks.byMember().forEach((member, disk) -> {
            out.writeString(member.name());
            out.writeLong(disk.bits());
        });
    }

    private static MemberDisks readDisks(BytesReader in) {
        SortedMap<NodeId, DiskId> disks = new TreeMap<>();
        for (int left = readCount(in); left > 0; left--) {
            disks.put(readName(in, NodeId::new), new DiskId(in.readLong()));
        }
        return new MemberDisks(disks);
    }

    static void writeAgree(BytesWriter out, AgreeOnMembers agree) {
        writeDisks(out, agree.disks());
    }

    static AgreeOnMembers readAgree(BytesReader in) {
        return new AgreeOnMembers(readDisks(in));
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
