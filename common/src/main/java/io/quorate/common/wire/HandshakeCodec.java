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
        out.writeByte(hello.oldestProtocol());
        out.writeString(hello.cluster().name());
        out.writeString(hello.sender().name());
        out.writeLong(hello.incarnation());
        out.writeFlag(hello.disk().isPresent());
        hello.disk().ifPresent(disk -> out.writeLong(disk.bits()));
        out.writeString(hello.receiver().name());
        out.writeByte(hello.members().ids().size());
        hello.members().ids().forEach(member -> out.writeString(member.name()));
    }

    /**
     * A process that no longer speaks 7 may say more, at the end, than this one knows of. Numbers below 7 had another
     * form.
     */
    static Hello readHello(BytesReader in) {
        int oldest = in.readByte();
        if (oldest < ProtocolRange.UNSAID) {
            throw new MalformedException(
                    "protocol version " + oldest + ", this process speaks " + ProtocolRange.SPOKEN);
        }
        Hello hello = new Hello(
                oldest,
                readName(in, ClusterId::new),
                readName(in, NodeId::new),
                in.readLong(),
                in.readFlag() ? Optional.of(new DiskId(in.readLong())) : Optional.empty(),
                readName(in, NodeId::new),
                readMembers(in));
        if (oldest > ProtocolRange.UNSAID) {
            in.skip(in.remaining());
        }
        return hello;
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
        if (welcome.protocol() > ProtocolRange.UNSAID) {
            out.writeByte(welcome.protocol());
        }
    }

    static Welcome readWelcome(BytesReader in) {
        return new Welcome(
                readName(in, NodeId::new),
                in.readLong(),
                new DiskId(in.readLong()),
                in.readFlag() ? Optional.of(readDisks(in)) : Optional.empty(),
                readChosen(in));
    }

    private static int readChosen(BytesReader in) {
        int protocol = in.remaining() == 0 ? ProtocolRange.UNSAID : in.readByte();
        if (!ProtocolRange.SPOKEN.has(protocol)) {
            throw new MalformedException(
                    "protocol version " + protocol + " was chosen, this process speaks " + ProtocolRange.SPOKEN);
        }
        return protocol;
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
