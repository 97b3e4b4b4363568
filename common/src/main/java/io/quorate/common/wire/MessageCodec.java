package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.codec.TraceCodec;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Deleted;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Listed;
import io.quorate.common.wire.Message.MembersAgreed;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Noted;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.PassNoted;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.Raised;
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
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Messages as bytes: the payload of a frame, whose type byte says which message it is.
 *
 * <pre>
 *  1 Hello              oldest protocol u8 | cluster string | sender string | incarnation u64
 *                       | has a disk u8 | [disk u64] | receiver string
 *                       | members u8 | member string, as many, in the order of their names
 *  2 Welcome            sender string | incarnation u64 | disk u64 | agreed u8 | [disks] | [protocol u8, above 7]
 *  3 HandshakeRefusal   cause u8 | detail string
 *  4 Ping               -
 *  5 Pong               wall ms u64 | voting status u8
 *  6 Query              with content u8 | purpose u8 | demanded age varint | key
 *  7 RecordReply        record | accepted u8 | [proposal] | horizon, see HorizonCodec
 *  8 VersionReply       0: never expires, 1: tombstone, 2: expires u8 | version | [expiry: ms since 1970 varint]
 *                       | accepted u8 | [proposal] | horizon
 *  9 StoreRequest       missed varint | 0: of a writer, otherwise 1 + age of the evidence varint | key | record
 * 10 Stored             -
 * 11 Inspect            -
 * 12 ReplicaStatus      see ReplicaStatusCodec
 * 13 Rejected           cause u8 | detail string
 * 14 Prepare            key | ballot | request u64, u64 | demanded age varint
 * 15 Promise            record | accepted u8 | [proposal] | voted ballot | trace | horizon
 * 16 Accept             key | proposal
 * 17 Accepted           -
 * 18 Preempted          ballot
 * 19 Abstained          detail string
 * 20 Scan               see ScanCodec
 * 21 ScanReply          see ScanCodec
 * 22 AcceptRefusal      key | ballot | request u64, u64 | result | record
 * 23 RequestStatusQuery key | request u64, u64
 * 24 RequestStatusReply trace
 * 26 Missed             see HintCodec
 * 27 Offer              see HintCodec
 * 28 Lacks              see HintCodec
 * 29 Noted              -
 * 30 Digest             see ConvergenceCodec
 * 31 Digests            see ConvergenceCodec
 * 32 ListRange          see ConvergenceCodec
 * 33 Listed             see ConvergenceCodec
 * 34 Fetch              see ConvergenceCodec
 * 35 Fetched            see ConvergenceCodec
 * 36 PassEnd            see ConvergenceCodec
 * 37 PassNoted          hurries u8
 * 38 AgreeOnMembers     disks: members u8 | (member string | disk u64), as many, in the order of their names
 * 39 MembersAgreed      founded u8
 * 42 Fenced             fence u64
 * 43 Outdated           age varint
 * 44 ForgettingQuery    -
 * 45 ForgettingNumbers  see ForgettingCodec
 * 46 RaiseFence         see ForgettingCodec
 * 47 RaiseFloor         see ForgettingCodec
 * 48 Raised             -
 * 49 ListDeleted        see ForgettingCodec
 * 50 Deleted            see ForgettingCodec
 * 51 Confirm            see ForgettingCodec
 * 52 Confirmed          see ForgettingCodec
 * 53 Forget             see ForgettingCodec
 * 54 ForgettingDone     keys varint
 * </pre>
 */
public final class MessageCodec {
    private static final Codes<VotingStatus> VOTING_STATUSES = new Codes<>(VotingStatus.class);
    private static final Codes<Rejected.RejectionCause> REJECTIONS = new Codes<>(Rejected.RejectionCause.class);

    /** Every message, once. */
    static final List<MessageFormat<?>> FORMATS = List.of(
            format(1, Hello.class, HandshakeCodec::writeHello, HandshakeCodec::readHello),
            format(2, Welcome.class, HandshakeCodec::writeWelcome, HandshakeCodec::readWelcome),
            format(3, HandshakeRefusal.class, HandshakeCodec::writeRefusal, HandshakeCodec::readRefusal),
            empty(4, new Ping()),
            format(5, Pong.class, MessageCodec::writePong, MessageCodec::readPong),
            format(6, Query.class, RegisterCodec::writeQuery, RegisterCodec::readQuery),
            format(7, RecordReply.class, RegisterCodec::writeRecordReply, RegisterCodec::readRecordReply),
            format(8, VersionReply.class, RegisterCodec::writeVersionReply, RegisterCodec::readVersionReply),
            format(9, StoreRequest.class, RegisterCodec::writeStore, RegisterCodec::readStore),
            empty(10, new Stored()),
            empty(11, new Inspect()),
            format(12, ReplicaStatus.class, ReplicaStatusCodec::write, ReplicaStatusCodec::read),
            new MessageFormat<>(
                    13,
                    ProtocolRange.UNSAID,
                    Rejected.class,
                    MessageCodec::writeRejected,
                    (in, protocol) -> readRejected(in)),
            format(14, Prepare.class, ConsensusCodec::writePrepare, ConsensusCodec::readPrepare),
            format(15, Promise.class, ConsensusCodec::writePromise, ConsensusCodec::readPromise),
            format(16, Accept.class, ConsensusCodec::writeAccept, ConsensusCodec::readAccept),
            empty(17, new Accepted()),
            format(
                    18,
                    Preempted.class,
                    (out, preempted) -> RecordCodec.writeBallot(out, preempted.promised()),
                    in -> new Preempted(RecordCodec.readBallot(in))),
            format(
                    19,
                    Abstained.class,
                    (out, abstained) -> Texts.write(out, abstained.detail()),
                    in -> new Abstained(Texts.read(in))),
            format(20, Scan.class, ScanCodec::writeScan, ScanCodec::readScan),
            format(21, ScanReply.class, ScanCodec::writeReply, ScanCodec::readReply),
            format(22, AcceptRefusal.class, ConsensusCodec::writeAcceptRefusal, ConsensusCodec::readAcceptRefusal),
            format(23, RequestStatusQuery.class, ConsensusCodec::writeStatusQuery, ConsensusCodec::readStatusQuery),
            format(
                    24,
                    RequestStatusReply.class,
                    (out, reply) -> TraceCodec.writeTrace(out, reply.trace()),
                    in -> new RequestStatusReply(TraceCodec.readTrace(in))),
            format(26, Missed.class, HintCodec::writeMissed, HintCodec::readMissed),
            format(27, Offer.class, HintCodec::writeOffer, HintCodec::readOffer),
            format(28, Lacks.class, HintCodec::writeLacks, HintCodec::readLacks),
            empty(29, new Noted()),
            format(30, Digest.class, ConvergenceCodec::writeDigest, ConvergenceCodec::readDigest),
            format(31, Digests.class, ConvergenceCodec::writeDigests, ConvergenceCodec::readDigests),
            format(32, ListRange.class, ConvergenceCodec::writeList, ConvergenceCodec::readList),
            format(33, Listed.class, ConvergenceCodec::writeListed, ConvergenceCodec::readListed),
            format(34, Fetch.class, ConvergenceCodec::writeFetch, ConvergenceCodec::readFetch),
            format(35, Fetched.class, ConvergenceCodec::writeFetched, ConvergenceCodec::readFetched),
            format(36, PassEnd.class, ConvergenceCodec::writePassEnd, ConvergenceCodec::readPassEnd),
            format(
                    37,
                    PassNoted.class,
                    (out, noted) -> out.writeFlag(noted.hurries()),
                    in -> new PassNoted(in.readFlag())),
            format(38, AgreeOnMembers.class, HandshakeCodec::writeAgree, HandshakeCodec::readAgree),
            format(
                    39,
                    MembersAgreed.class,
                    (out, agreed) -> out.writeFlag(agreed.founded()),
                    in -> new MembersAgreed(in.readFlag())),
            format(42, Fenced.class, (out, fenced) -> out.writeLong(fenced.fence()), in -> new Fenced(in.readLong())),
            format(
                    43,
                    Outdated.class,
                    (out, outdated) -> out.writeVarint(outdated.age()),
                    in -> new Outdated(in.readVarint())),
            empty(44, new ForgettingQuery()),
            format(45, ForgettingNumbers.class, ForgettingCodec::writeNumbers, ForgettingCodec::readNumbers),
            format(46, RaiseFence.class, ForgettingCodec::writeRaiseFence, ForgettingCodec::readRaiseFence),
            format(47, RaiseFloor.class, ForgettingCodec::writeRaiseFloor, ForgettingCodec::readRaiseFloor),
            empty(48, new Raised()),
            format(49, ListDeleted.class, ForgettingCodec::writeListDeleted, ForgettingCodec::readListDeleted),
            format(50, Deleted.class, ForgettingCodec::writeDeleted, ForgettingCodec::readDeleted),
            format(51, Confirm.class, ForgettingCodec::writeConfirm, ForgettingCodec::readConfirm),
            format(52, Confirmed.class, ForgettingCodec::writeConfirmed, ForgettingCodec::readConfirmed),
            format(53, Forget.class, ForgettingCodec::writeForget, ForgettingCodec::readForget),
            format(
                    54,
                    ForgettingDone.class,
                    (out, done) -> out.writeVarint(done.keys()),
                    in -> new ForgettingDone(in.readVarint(Deleted.ENTRIES_MAX))));

    /** Two formats of one message or one code do not get past here. */
    private static final Map<Class<?>, MessageFormat<?>> BY_TYPE =
            FORMATS.stream().collect(Collectors.toMap(MessageFormat::type, Function.identity()));

    private static final Map<Integer, MessageFormat<?>> BY_CODE =
            FORMATS.stream().collect(Collectors.toMap(MessageFormat::code, Function.identity()));

    private MessageCodec() {}

    /** A message that looks the same in all numbers of the protocol. */
    private static <M extends Message> MessageFormat<M> format(
            int code, Class<M> type, BiConsumer<BytesWriter, M> writer, Function<BytesReader, M> reader) {
        return new MessageFormat<>(
                code,
                ProtocolRange.UNSAID,
                type,
                (out, message, protocol) -> writer.accept(out, message),
                (in, protocol) -> reader.apply(in));
    }

    private static <M extends Message> MessageFormat<M> empty(int code, M message) {
        @SuppressWarnings("unchecked") // the class of an M
        Class<M> type = (Class<M>) message.getClass();
        return format(code, type, (out, any) -> {}, in -> message);
    }

    /** Writes the payload in a number of the protocol, and returns the type byte. */
    static int write(BytesWriter out, Message message, int protocol) {
        MessageFormat<?> format = BY_TYPE.get(message.getClass());
        format.write(out, message, protocol);
        return format.code();
    }

    /** Whether a message of this type asks for something. False for a type that is unknown. */
    static boolean isRequest(int type) {
        MessageFormat<?> format = BY_CODE.get(type);
        return format != null && Message.Request.class.isAssignableFrom(format.type());
    }

    /** @throws MalformedException if the type is unknown or the payload is not what its type says */
    static Message read(int type, BytesReader in, int protocol) {
        MessageFormat<?> format = BY_CODE.get(type);
        if (format == null) {
            throw new MalformedException("unknown message type " + type);
        }
        Message message = format.read(in, protocol);
        in.requireEnd();
        return message;
    }

    private static void writePong(BytesWriter out, Pong pong) {
        out.writeLong(pong.wallMs());
        VOTING_STATUSES.write(out, pong.votingStatus());
    }

    private static Pong readPong(BytesReader in) {
        return new Pong(in.readLong(), VOTING_STATUSES.read(in));
    }

    private static void writeRejected(BytesWriter out, Rejected rejected, int protocol) {
        REJECTIONS.write(out, rejected.cause().in(protocol));
        Texts.write(out, rejected.detail());
    }

    private static Rejected readRejected(BytesReader in) {
        return new Rejected(REJECTIONS.read(in), Texts.read(in));
    }
}
