package io.quorate.common.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.codec.TraceCodec;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.Message.Welcome;
import java.util.Optional;

/**
 * Messages as bytes: the payload of a frame, whose type byte says which message it is.
 *
 * <pre>
 *  1 Hello         protocol u8 | cluster string | sender string | incarnation u64 | receiver string
 *  2 Welcome       sender string | incarnation u64
 *  3 Refusal       cause u8 | detail string
 *  4 Ping          -
 *  5 Pong          wall ms u64 | votingStatus u8
 *  6 Query         with content u8 | purpose u8 | key
 *  7 RecordReply   record | accepted u8 | [proposal]
 *  8 VersionReply  0: never expires, 1: tombstone, 2: expires u8 | version | [expiry: ms since 1970 varint]
 *                  | accepted u8 | [proposal]
 *  9 Store         key | record
 * 10 Stored        -
 * 11 Inspect       -
 * 12 Condition     see ConditionCodec
 * 13 Rejected      cause u8 | detail string
 * 14 Prepare       key | ballot | request u64, u64
 * 15 Promise       record | accepted u8 | [proposal] | voted ballot | trace
 * 16 Accept        key | proposal
 * 17 Accepted      -
 * 18 Preempted     ballot
 * 19 Kept          detail string
 * 20 Scan          see ScanCodec
 * 21 ScanReply     see ScanCodec
 * 22 Conclude      key | ballot | request u64, u64 | conclusion | record
 * 23 Recall        key | request u64, u64
 * 24 Recalled      trace
 * </pre>
 */
public final class MessageCodec {
    /** Version of everything in this package; two processes talk only if theirs is the same. */
    public static final int PROTOCOL = 1;

    private static final int CONTENT_STAYS = 0;
    private static final int CONTENT_TOMBSTONE = 1;
    private static final int CONTENT_EXPIRES = 2;

    static final int TEXT_BYTES_MAX = 1024;
    private static final HandshakeRefusal.RefusalCause[] REFUSALS = HandshakeRefusal.RefusalCause.values();
    private static final Query.Purpose[] PURPOSES = Query.Purpose.values();
    private static final VotingStatus[] VOTING_STATUSES = VotingStatus.values();
    private static final Rejected.RejectionCause[] REJECTIONS = Rejected.RejectionCause.values();

    private MessageCodec() {}

    /** Writes the payload and returns the type byte. */
    static int write(BytesWriter out, Message message) {
        if (message instanceof Query query) {
            out.writeByte(query.withContent() ? 1 : 0);
            out.writeByte(query.purpose().ordinal());
            RecordCodec.writeKey(out, query.key());
            return 6;
        } else if (message instanceof RecordReply reply) {
            RecordCodec.writeRecord(out, reply.record());
            writeAccepted(out, reply.accepted());
            return 7;
        } else if (message instanceof VersionReply reply) {
            writeVersionReply(out, reply);
            writeAccepted(out, reply.accepted());
            return 8;
        } else if (message instanceof StoreRequest store) {
            RecordCodec.writeKey(out, store.key());
            RecordCodec.writeRecord(out, store.record());
            return 9;
        } else if (message instanceof Stored) {
            return 10;
        }
        return writeConsensus(out, message);
    }

    private static int writeConsensus(BytesWriter out, Message message) {
        if (message instanceof Prepare prepare) {
            RecordCodec.writeKey(out, prepare.key());
            RecordCodec.writeBallot(out, prepare.ballot());
            RecordCodec.writeRequest(out, prepare.request());
            return 14;
        } else if (message instanceof Promise promise) {
            RecordCodec.writeRecord(out, promise.record());
            writeAccepted(out, promise.accepted());
            RecordCodec.writeBallot(out, promise.voted());
            TraceCodec.writeTrace(out, promise.trace());
            return 15;
        } else if (message instanceof Accept accept) {
            RecordCodec.writeKey(out, accept.key());
            RecordCodec.writeProposal(out, accept.proposal());
            return 16;
        } else if (message instanceof Accepted) {
            return 17;
        } else if (message instanceof Preempted preempted) {
            RecordCodec.writeBallot(out, preempted.promised());
            return 18;
        }
        return writeRequested(out, message);
    }

    private static int writeRequested(BytesWriter out, Message message) {
        if (message instanceof AcceptRefusal conclude) {
            RecordCodec.writeKey(out, conclude.key());
            RecordCodec.writeBallot(out, conclude.ballot());
            RecordCodec.writeRequest(out, conclude.request());
            TraceCodec.writeConclusion(out, conclude.refusal());
            RecordCodec.writeRecord(out, conclude.refuting());
            return 22;
        } else if (message instanceof RequestStatusQuery recall) {
            RecordCodec.writeKey(out, recall.key());
            RecordCodec.writeRequest(out, recall.request());
            return 23;
        } else if (message instanceof RequestStatusReply recalled) {
            TraceCodec.writeTrace(out, recalled.trace());
            return 24;
        }
        return writeRare(out, message);
    }

    private static void writeAccepted(BytesWriter out, Optional<Proposal> accepted) {
        out.writeByte(accepted.isPresent() ? 1 : 0);
        accepted.ifPresent(proposal -> RecordCodec.writeProposal(out, proposal));
    }

    private static Optional<Proposal> readAccepted(BytesReader in) {
        return readFlag(in) ? Optional.of(RecordCodec.readProposal(in)) : Optional.empty();
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
        } else if (message instanceof HandshakeRefusal refusal) {
            out.writeByte(refusal.cause().ordinal());
            out.writeString(shortened(refusal.detail()));
            return 3;
        } else if (message instanceof Ping) {
            return 4;
        } else if (message instanceof Pong pong) {
            out.writeLong(pong.wallMs());
            out.writeByte(pong.votingStatus().ordinal());
            return 5;
        } else if (message instanceof Inspect) {
            return 11;
        } else if (message instanceof ReplicaStatus condition) {
            ConditionCodec.write(out, condition);
            return 12;
        } else if (message instanceof Rejected rejected) {
            out.writeByte(rejected.cause().ordinal());
            out.writeString(shortened(rejected.detail()));
            return 13;
        } else if (message instanceof Abstained kept) {
            out.writeString(shortened(kept.detail()));
            return 19;
        } else if (message instanceof Scan scan) {
            ScanCodec.write(out, scan);
            return 20;
        } else if (message instanceof ScanReply reply) {
            ScanCodec.write(out, reply);
            return 21;
        }
        throw new AssertionError("a message without an encoding: " + message);
    }

    /** @throws MalformedException if the type is unknown or the payload is not what its type says */
    static Message read(int type, BytesReader in) {
        Message message =
                switch (type) {
                    case 1 -> readHello(in);
                    case 2 -> new Welcome(readNode(in), in.readLong());
                    case 3 -> new HandshakeRefusal(readEnum(in, REFUSALS), in.readString(TEXT_BYTES_MAX));
                    case 4 -> new Ping();
                    case 5 -> new Pong(in.readLong(), readEnum(in, VOTING_STATUSES));
                    case 6 -> readQuery(in);
                    case 7 -> new RecordReply(RecordCodec.readRecord(in), readAccepted(in));
                    case 8 -> readVersionReply(in);
                    case 9 -> new StoreRequest(RecordCodec.readKey(in), RecordCodec.readRecord(in));
                    case 10 -> new Stored();
                    case 11 -> new Inspect();
                    case 12 -> ConditionCodec.read(in);
                    case 13 -> new Rejected(readEnum(in, REJECTIONS), in.readString(TEXT_BYTES_MAX));
                    case 14 ->
                        new Prepare(RecordCodec.readKey(in), RecordCodec.readBallot(in), RecordCodec.readRequest(in));
                    case 15 ->
                        new Promise(
                                RecordCodec.readRecord(in),
                                readAccepted(in),
                                RecordCodec.readBallot(in),
                                TraceCodec.readTrace(in));
                    case 16 -> new Accept(RecordCodec.readKey(in), RecordCodec.readProposal(in));
                    case 17 -> new Accepted();
                    case 18 -> new Preempted(RecordCodec.readBallot(in));
                    case 19 -> new Abstained(in.readString(TEXT_BYTES_MAX));
                    case 20 -> ScanCodec.readScan(in);
                    case 21 -> ScanCodec.readReply(in);
                    case 22 ->
                        new AcceptRefusal(
                                RecordCodec.readKey(in),
                                RecordCodec.readBallot(in),
                                RecordCodec.readRequest(in),
                                TraceCodec.readConclusion(in),
                                RecordCodec.readRecord(in));
                    case 23 -> new RequestStatusQuery(RecordCodec.readKey(in), RecordCodec.readRequest(in));
                    case 24 -> new RequestStatusReply(TraceCodec.readTrace(in));
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
        Query.Purpose purpose = readEnum(in, PURPOSES);
        return new Query(RecordCodec.readKey(in), withContent, purpose);
    }

    private static void writeVersionReply(BytesWriter out, VersionReply reply) {
        boolean expires = reply.expiresAtMs() != Value.NEVER_EXPIRES;
        out.writeByte(reply.tombstone() ? CONTENT_TOMBSTONE : expires ? CONTENT_EXPIRES : CONTENT_STAYS);
        RecordCodec.writeVersion(out, reply.version());
        if (expires) {
            out.writeVarint(reply.expiresAtMs());
        }
    }

    private static VersionReply readVersionReply(BytesReader in) {
        int content = in.readByte();
        if (content > CONTENT_EXPIRES) {
            throw new MalformedException("content " + content + ", allowed is 0 to " + CONTENT_EXPIRES);
        }
        Version version = RecordCodec.readVersion(in);
        long expiresAtMs = content == CONTENT_EXPIRES ? RecordCodec.readExpiry(in) : Value.NEVER_EXPIRES;
        return new VersionReply(version, content == CONTENT_TOMBSTONE, expiresAtMs, readAccepted(in));
    }

    private static NodeId readNode(BytesReader in) {
        try {
            return new NodeId(in.readString(NodeId.LENGTH_MAX));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    static boolean readFlag(BytesReader in) {
        int flag = in.readByte();
        if (flag > 1) {
            throw new MalformedException("flag " + flag + ", allowed are 0 and 1");
        }
        return flag == 1;
    }

    static <E> E readEnum(BytesReader in, E[] values) {
        int ordinal = in.readByte();
        if (ordinal >= values.length) {
            throw new MalformedException("ordinal " + ordinal + ", allowed is 0 to " + (values.length - 1));
        }
        return values[ordinal];
    }

    /** A detail is for people; one that is too long is cut and still arrives. At most 3 bytes a char in UTF-8. */
    static String shortened(String detail) {
        int charsMax = TEXT_BYTES_MAX / 3;
        boolean fits = detail.length() <= charsMax || detail.getBytes(UTF_8).length <= TEXT_BYTES_MAX;
        return fits ? detail : detail.substring(0, charsMax - 1) + '…';
    }
}
