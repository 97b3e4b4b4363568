package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.Condition;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Refusal;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.Store;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.Message.Welcome;

/**
 * Messages as bytes: the payload of a frame, whose type byte says which message it is.
 *
 * <pre>
 *  1 Hello         protocol u8 | cluster string | sender string | incarnation u64 | receiver string
 *  2 Welcome       sender string | incarnation u64
 *  3 Refusal       cause u8 | detail string
 *  4 Ping          -
 *  5 Pong          wall ms u64
 *  6 Query         with content u8 | key
 *  7 RecordReply   record
 *  8 VersionReply  tombstone u8 | version
 *  9 Store         key | record
 * 10 Stored        -
 * 11 Inspect       -
 * 12 Condition     ten u64 in the order of the record
 * 13 Rejected      cause u8 | detail string
 * 14 Scan          see ScanCodec
 * 15 ScanReply     see ScanCodec
 * </pre>
 */
public final class MessageCodec {
    /** Version of everything in this package; two processes talk only if theirs is the same. */
    public static final int PROTOCOL = 1;

    private static final int TEXT_BYTES_MAX = 1024;
    private static final Refusal.Cause[] REFUSALS = Refusal.Cause.values();
    private static final Rejected.Cause[] REJECTIONS = Rejected.Cause.values();

    private MessageCodec() {}

    /** Writes the payload and returns the type byte. */
    static int write(BytesWriter out, Message message) {
        if (message instanceof Query query) {
            out.writeByte(query.withContent() ? 1 : 0);
            RecordCodec.writeKey(out, query.key());
            return 6;
        } else if (message instanceof RecordReply reply) {
            RecordCodec.writeRecord(out, reply.record());
            return 7;
        } else if (message instanceof VersionReply reply) {
            out.writeByte(reply.tombstone() ? 1 : 0);
            RecordCodec.writeVersion(out, reply.version());
            return 8;
        } else if (message instanceof Store store) {
            RecordCodec.writeKey(out, store.key());
            RecordCodec.writeRecord(out, store.record());
            return 9;
        } else if (message instanceof Stored) {
            return 10;
        }
        return writeRare(out, message);
    }

    private static int writeRare(BytesWriter out, Message message) {
        if (message instanceof Hello hello) {
            out.writeByte(PROTOCOL);
            out.writeString(hello.cluster().name());
            out.writeString(hello.sender().name());
            out.writeLong(hello.incarnation());
            out.writeString(hello.receiver().name());
            return 1;
        } else if (message instanceof Welcome welcome) {
            out.writeString(welcome.sender().name());
            out.writeLong(welcome.incarnation());
            return 2;
        } else if (message instanceof Refusal refusal) {
            out.writeByte(refusal.cause().ordinal());
            out.writeString(shortened(refusal.detail()));
            return 3;
        } else if (message instanceof Ping) {
            return 4;
        } else if (message instanceof Pong pong) {
            out.writeLong(pong.wallMs());
            return 5;
        } else if (message instanceof Inspect) {
            return 11;
        } else if (message instanceof Condition condition) {
            writeCondition(out, condition);
            return 12;
        } else if (message instanceof Rejected rejected) {
            out.writeByte(rejected.cause().ordinal());
            out.writeString(shortened(rejected.detail()));
            return 13;
        } else if (message instanceof Scan scan) {
            ScanCodec.write(out, scan);
            return 14;
        } else if (message instanceof ScanReply reply) {
            ScanCodec.write(out, reply);
            return 15;
        }
        throw new AssertionError("a message without an encoding: " + message);
    }

    /** @throws MalformedException if the type is unknown or the payload is not what its type says */
    static Message read(int type, BytesReader in) {
        Message message =
                switch (type) {
                    case 1 -> readHello(in);
                    case 2 -> new Welcome(readNode(in), in.readLong());
                    case 3 -> new Refusal(readEnum(in, REFUSALS), in.readString(TEXT_BYTES_MAX));
                    case 4 -> new Ping();
                    case 5 -> new Pong(in.readLong());
                    case 6 -> readQuery(in);
                    case 7 -> new RecordReply(RecordCodec.readRecord(in));
                    case 8 -> readVersionReply(in);
                    case 9 -> new Store(RecordCodec.readKey(in), RecordCodec.readRecord(in));
                    case 10 -> new Stored();
                    case 11 -> new Inspect();
                    case 12 -> readCondition(in);
                    case 13 -> new Rejected(readEnum(in, REJECTIONS), in.readString(TEXT_BYTES_MAX));
                    case 14 -> ScanCodec.readScan(in);
                    case 15 -> ScanCodec.readReply(in);
                    default -> throw new MalformedException("unknown message type " + type);
                };
        in.requireEnd();
        return message;
    }

    private static Hello readHello(BytesReader in) {
        int protocol = in.readByte();
        if (protocol != PROTOCOL) {
            throw new MalformedException("protocol version " + protocol + ", this process speaks " + PROTOCOL);
        }
        ClusterId cluster;
        try {
            cluster = new ClusterId(in.readString(NodeId.LENGTH_MAX));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
        return new Hello(cluster, readNode(in), in.readLong(), readNode(in));
    }

    private static Query readQuery(BytesReader in) {
        boolean withContent = readFlag(in);
        return new Query(RecordCodec.readKey(in), withContent);
    }

    private static VersionReply readVersionReply(BytesReader in) {
        boolean tombstone = readFlag(in);
        return new VersionReply(RecordCodec.readVersion(in), tombstone);
    }

    private static void writeCondition(BytesWriter out, Condition condition) {
        out.writeLong(condition.pid());
        out.writeLong(condition.uptimeMs());
        out.writeLong(condition.cpuMs());
        out.writeLong(condition.residentBytes());
        out.writeLong(condition.wallMs());
        out.writeLong(condition.memtableBytes());
        out.writeLong(condition.tableCount());
        out.writeLong(condition.tableBytes());
        out.writeLong(condition.logBytes());
        out.writeLong(condition.timestampsTooFarAhead());
    }

    private static Condition readCondition(BytesReader in) {
        return new Condition(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static NodeId readNode(BytesReader in) {
        try {
            return new NodeId(in.readString(NodeId.LENGTH_MAX));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    private static boolean readFlag(BytesReader in) {
        int flag = in.readByte();
        if (flag > 1) {
            throw new MalformedException("flag " + flag + ", allowed are 0 and 1");
        }
        return flag == 1;
    }

    private static <E> E readEnum(BytesReader in, E[] values) {
        int ordinal = in.readByte();
        if (ordinal >= values.length) {
            throw new MalformedException("cause " + ordinal + ", allowed is 0 to " + (values.length - 1));
        }
        return values[ordinal];
    }

    /** A detail is for people; one that is too long is cut and still arrives. At most 3 bytes a char in UTF-8. */
    private static String shortened(String detail) {
        int charsMax = TEXT_BYTES_MAX / 3;
        return detail.length() <= charsMax ? detail : detail.substring(0, charsMax - 1) + '…';
    }
}
