package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.HeldRecord;
import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.RangeDigest;
import io.quorate.common.convergence.RangeDigestBuilder;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Direction;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.common.statistics.FileFigures;
import io.quorate.common.statistics.StoreFigure;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDecoderTest {
    private static final int FRAME_BYTES_MAX = 1 << 20;
    private static final Version VERSION = new Version(1L << 60, -7, 300, 2);

    private static final Proposal PROPOSAL = new Proposal(
            new Ballot(1L << 61, -8, 1), new Record(VERSION.nextStep(), Value.of("next"), new RequestId(3, -4)));

    private static final Receipt RECEIPT = new Receipt(-9, true, 1_700_000_000_000L);

    private static final Record REPEATABLE = new Record(
            VERSION, Value.of(new byte[2], "x/y", 1_700_000_000_001L), new RequestId(-5, 6), Optional.of(RECEIPT));

    private static final RequestTrace TRACE = new RequestTrace(
            Optional.empty(),
            List.of(
                    new Vote(new Ballot(1, 2, 3), RequestResult.refused(VERSION, RECEIPT)),
                    new Vote(PROPOSAL.ballot(), RequestResult.of(REPEATABLE))),
            false);

    private static RangeDigest digest() {
        RangeDigestBuilder builder = new RangeDigestBuilder();
        builder.add(Key.of("k"), REPEATABLE, false);
        builder.add(Key.of("l"), Record.NEVER_WRITTEN, true);
        return builder.build();
    }

    private static final MemberDisks DISKS =
            MemberDisks.NONE.with(new NodeId("n2"), new DiskId(2)).with(new NodeId("n1"), new DiskId(-1));

    private static final Rejected NO_MEMORY = new Rejected(RejectionCause.NO_MEMORY, "no room for 7 bytes");

    private static final Rejected TOO_LARGE = new Rejected(RejectionCause.TOO_LARGE, "7 bytes never fit");

    static final List<Message> EVERY_MESSAGE = List.of(
            new Message.Hello(
                    new ClusterId("c"),
                    new NodeId("n1"),
                    7,
                    Optional.of(new DiskId(0xfedcba9876543210L)),
                    new NodeId("n2"),
                    new MemberIds(List.of(new NodeId("n2"), new NodeId("n1"), new NodeId("n3")))),
            new Message.Hello(
                    new ClusterId("c"),
                    new NodeId("c1"),
                    8,
                    Optional.empty(),
                    new NodeId("n2"),
                    new MemberIds(List.of(new NodeId("n2")))),
            new Message.Welcome(new NodeId("n2"), -1, new DiskId(-2), Optional.empty(), 7),
            new Message.Welcome(new NodeId("n2"), 3, new DiskId(2), Optional.of(DISKS), 7),
            new Message.AgreeOnMembers(DISKS),
            new Message.MembersAgreed(true),
            new Message.HandshakeRefusal(Message.HandshakeRefusal.RefusalCause.OTHER_NODE, "this is n3"),
            new Message.Ping(),
            new Message.Pong(1234567890123L, VotingStatus.FILLING),
            new Message.Query(Key.of("k"), true),
            new Message.Query(Key.of("k"), false, Message.Query.Purpose.PUT),
            new Message.Query(Key.of("k"), false, Message.Query.Purpose.DELETE),
            new Message.Query(Key.of(new byte[Key.BYTES_MAX]), false),
            new Message.RecordReply(Record.NEVER_WRITTEN),
            new Message.RecordReply(new Record(VERSION, Value.of(""))),
            new Message.VersionReply(VERSION, false, Value.NEVER_EXPIRES, Optional.empty()),
            new Message.VersionReply(VERSION, false, 1_700_000_000_000L, Optional.empty()),
            new Message.VersionReply(Version.ZERO, true, Value.NEVER_EXPIRES, Optional.empty()),
            new Message.StoreRequest(
                    Key.of("schlüssel"),
                    new Record(VERSION, Value.of("wert".getBytes(StandardCharsets.UTF_8), "text/plain"))),
            new Message.StoreRequest(Key.of("k"), new Record(VERSION, Tombstone.TOMBSTONE)),
            new Message.Stored(),
            new Message.RecordReply(new Record(VERSION, Value.of("")), Optional.of(PROPOSAL)),
            new Message.VersionReply(VERSION, true, Value.NEVER_EXPIRES, Optional.of(PROPOSAL)),
            new Message.Prepare(Key.of("k"), PROPOSAL.ballot()),
            new Message.Prepare(Key.of("k"), PROPOSAL.ballot(), new RequestId(-5, 6)),
            new Message.Promise(Record.NEVER_WRITTEN, Optional.empty(), Ballot.ZERO, RequestTrace.NONE),
            new Message.Promise(new Record(VERSION, Value.of("v")), Optional.of(PROPOSAL), PROPOSAL.ballot(), TRACE),
            new Message.Accept(Key.of("k"), PROPOSAL),
            new Message.Accepted(),
            new Message.Preempted(PROPOSAL.ballot()),
            new Message.StoreRequest(Key.of("k"), REPEATABLE),
            new Message.AcceptRefusal(
                    Key.of("k"),
                    PROPOSAL.ballot(),
                    new RequestId(-5, 6),
                    RequestResult.refused(VERSION, RECEIPT),
                    new Record(VERSION, Tombstone.TOMBSTONE)),
            new Message.RequestStatusQuery(Key.of("k"), new RequestId(-5, 6)),
            new Message.RequestStatusReply(RequestTrace.NONE),
            new Message.Digest(
                    PassProgress.begin(7, 1_700_000_000_000L, 0).after(Key.of("m"), SlotSet.of(IntStream.of(3, 255))),
                    new KeyRange(Optional.of(Key.of("m")), Optional.of(Key.of("q"))),
                    new WalkLimits(4_096, 4 << 20),
                    true),
            new Message.Digest(PassProgress.NONE, KeyRange.ALL, new WalkLimits(1, 1), false),
            new Message.Digests(digest(), Optional.of(Key.of("p")), 1_234, true),
            new Message.Digests(digest(), Optional.empty(), 0, false),
            new Message.ListRange(KeyRange.from(Key.of("m")), SlotSet.of(IntStream.of(0, 64))),
            new Message.Listed(List.of(
                    new ListedEntry(Key.of("k"), VERSION, true, false, false),
                    new ListedEntry(Key.of("l"), Version.ZERO, false, true, true))),
            new Message.Fetch(List.of(Key.of("k"), Key.of("l")), 1 << 10),
            new Message.Fetched(
                    List.of(new HeldRecord(Key.of("k"), REPEATABLE), new HeldRecord(Key.of("l"), Record.NEVER_WRITTEN)),
                    3),
            new Message.Listed(List.of(new ListedEntry(Key.of("k"), VERSION, true, false, false, true))),
            new Message.Digests(digest(), Optional.empty(), 0, false, 7),
            new Message.Query(Key.of("k"), true, Message.Query.Purpose.READ, 12),
            new Message.Prepare(Key.of("k"), new Ballot(1, 2, 3), new RequestId(-5, 6), 13),
            new Message.Scan(KeyRange.ALL, Direction.ASCENDING, true, ScanLimits.ofValues(1), 14),
            new Message.RecordReply(REPEATABLE, Optional.empty(), new Horizon(1, 0, 0, 9)),
            new Message.VersionReply(
                    Version.ZERO, true, Value.NEVER_EXPIRES, Optional.empty(), new Horizon(0, 3, -4L >>> 1, 0)),
            new Message.Promise(
                    Record.NEVER_WRITTEN,
                    Optional.empty(),
                    new Ballot(1, 2, 3),
                    RequestTrace.NONE,
                    new Horizon(1, 2, 3, 0)),
            new Message.ScanReply(List.of(), true, new Horizon(1, 2, 3, 0)),
            Message.StoreRequest.repair(Key.of("k"), REPEATABLE, 0),
            Message.StoreRequest.repair(Key.of("k"), REPEATABLE, 300).withMissed(3),
            new Message.Fenced(1L << 60),
            new Message.Outdated(5),
            new Message.ForgettingQuery(),
            new Message.ForgettingNumbers(4, 1L << 60, 1_700_000_000_000L),
            new Message.RaiseFence(1L << 60, 4),
            new Message.RaiseFloor(1L << 60, SlotSet.of(IntStream.of(0, 64))),
            new Message.Raised(),
            new Message.ListDeleted(KeyRange.ALL, SlotSet.ALL),
            new Message.Deleted(List.of(new DeletedKey(Key.of("k"), VERSION, 1L << 60))),
            new Message.Confirm(List.of(Key.of("k"), Key.of("l")), new Ballot(1, 2, 3)),
            new Message.Confirmed(
                    List.of(
                            DeletionState.OTHER,
                            new DeletionState(DeletionState.Kind.TOMBSTONE, VERSION),
                            new DeletionState(DeletionState.Kind.FORGOTTEN, VERSION),
                            new DeletionState(DeletionState.Kind.ABSENT, Version.ZERO)),
                    new Ballot(1, 2, 3),
                    4),
            new Message.Forget(5, new Ballot(1, 2, 3), List.of(new DeletedKey(Key.of("k"), Version.ZERO, 1L << 60))),
            new Message.ForgettingDone(1),
            new Message.PassEnd(PassProgress.begin(8, 1_700_000_000_001L, 0).complete(SlotSet.NONE)),
            new Message.PassNoted(true),
            new Message.RequestStatusReply(TRACE.stored(RequestResult.of(REPEATABLE))),
            new Message.StoreRequest(Key.of("k"), REPEATABLE, 5),
            new Message.Missed(2, List.of(new Hint(Key.of("k"), VERSION), new Hint(Key.of("l"), VERSION.nextStep()))),
            new Message.Noted(),
            new Message.Offer(List.of(new Hint(Key.of("k"), VERSION))),
            new Message.Lacks(List.of(0, 7, 255)),
            new Message.Abstained("no vote"),
            new Message.Inspect(),
            new Message.ReplicaStatus(1, 2, 3, 4, 5, 6, "damaged", Optional.empty()),
            new Message.ReplicaStatus(
                    1,
                    2,
                    3,
                    4,
                    5,
                    6,
                    "",
                    Optional.of(new StoreStatus(
                            DiskSpace.DELETES_ONLY,
                            StoreFigure.figuresOf(
                                    figure -> 7 + figure.code(),
                                    List.of(new LevelFigures(29, 30, 31), new LevelFigures(32, 33, 34))),
                            Optional.of(new FileFigures(35, 36, 37, 38)),
                            List.of()))),
            new Rejected(RejectionCause.OVERLOADED, "too much waits"),
            new Rejected(RejectionCause.DISK_FULL, "no room on /data"),
            NO_MEMORY,
            TOO_LARGE,
            new Message.Scan(KeyRange.ALL, Direction.ASCENDING, true, ScanLimits.ofValues(1)),
            new Message.Scan(
                    KeyRange.ofPrefix(Key.of("p")), Direction.DESCENDING, false, new ScanLimits(1_000, 4_096, 1 << 10)),
            new Message.ScanReply(List.of(), true),
            new Message.ScanReply(
                    List.of(
                            ScanEntry.of(Key.of("a"), new Record(VERSION, Value.of("1"))),
                            ScanEntry.headOf(Key.of("b"), new Record(VERSION, Value.of("2"))),
                            ScanEntry.headOf(Key.of("c"), new Record(VERSION, Value.of(new byte[3], "x/y", 4_711))),
                            ScanEntry.of(Key.of("d"), new Record(VERSION, Tombstone.TOMBSTONE)),
                            ScanEntry.of(Key.of("e"), PROPOSAL.record()).unsettled(),
                            ScanEntry.headOf(
                                    Key.of("f"), new Record(VERSION, Tombstone.TOMBSTONE, new RequestId(1, 2))),
                            ScanEntry.headOf(Key.of("g"), new Record(VERSION, Value.of("2")))
                                    .unsettled()),
                    false));

    /** Those that a process of this number of the protocol sends. */
    static List<Message> messagesOf(int protocol) {
        return EVERY_MESSAGE.stream()
                .filter(message ->
                        protocol >= 9 || !List.of(NO_MEMORY, TOO_LARGE).contains(message))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "7, NO_MEMORY, OVERLOADED", "8, NO_MEMORY, OVERLOADED", "9, NO_MEMORY, NO_MEMORY",
        "7, TOO_LARGE, OVERLOADED", "8, TOO_LARGE, OVERLOADED", "9, TOO_LARGE, TOO_LARGE",
    })
    void aProcessOfAnEarlierNumberIsToldOfTooMuchLoadInsteadOfTooLittleMemory(
            int protocol, RejectionCause sent, RejectionCause told) {
        BytesWriter out = new BytesWriter(64);
        FrameFormat.write(out, new Frame(1, new Rejected(sent, "why")), protocol);
        FrameDecoder decoder = new FrameDecoder(FRAME_BYTES_MAX);
        decoder.protocol(protocol);
        List<Frame> found = new ArrayList<>();
        decoder.decode(out.toByteArray(), found::add);
        assertEquals(List.of(new Frame(1, new Rejected(told, "why"))), found);
    }

    @Test
    void aReceiverThatThrowsDoesNotMoveThePlace() {
        BytesWriter out = new BytesWriter(64);
        for (int correlation = 1; correlation <= 3; correlation++) {
            FrameFormat.write(out, new Frame(correlation, new Message.Ping()), 7);
        }
        byte[] bytes = out.toByteArray();
        int cut = bytes.length - 5;
        FrameDecoder decoder = new FrameDecoder(FRAME_BYTES_MAX);
        assertThrows(
                IllegalStateException.class, () -> decoder.decode(Arrays.copyOf(bytes, cut), FrameDecoderTest::fail));
        List<Long> correlations = new ArrayList<>();
        decoder.decode(Arrays.copyOfRange(bytes, cut, bytes.length), frame -> correlations.add(frame.correlation()));
        assertEquals(List.of(2L, 3L), correlations);
    }

    private static void fail(Frame frame) {
        throw new IllegalStateException("a planned defect");
    }

    @Test
    void everyMessageArrivesAsItWasSent() {
        assertEquals(framesOf(EVERY_MESSAGE), decode(encode(EVERY_MESSAGE), Integer.MAX_VALUE));
    }

    @Test
    void thereIsAnExampleOfEveryMessage() {
        List<String> examples = EVERY_MESSAGE.stream()
                .map(message -> message.getClass().getSimpleName())
                .toList();
        for (Class<?> type : Message.class.getDeclaredClasses()) {
            boolean isMessage = Message.class.isAssignableFrom(type) && !type.isInterface();
            assertTrue(!isMessage || examples.contains(type.getSimpleName()), type.getSimpleName());
        }
    }

    @Test
    void framesArriveWholeInWhateverPiecesTheirBytesCome() {
        byte[] stream = encode(EVERY_MESSAGE);
        for (int piece = 1; piece < 40; piece++) {
            assertEquals(framesOf(EVERY_MESSAGE), decode(stream, piece), "in pieces of " + piece);
        }
    }

    @Test
    void anyFlippedBitBehindTheLengthIsNoticed() {
        byte[] stream = encode(List.of(EVERY_MESSAGE.get(12)));
        for (int bit = Integer.SIZE; bit < stream.length * 8; bit++) {
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(MalformedException.class, () -> decode(flipped, Integer.MAX_VALUE), "bit " + bit);
        }
    }

    @Test
    void aFrameAboveTheLimitIsRefusedByItsHeaderAlone() {
        byte[] header = {0x7f, 0, 0, 0, 0, 0, 0, 0};
        assertThrows(MalformedException.class, () -> decode(header, Integer.MAX_VALUE));
        byte[] negative = {-1, -1, -1, -1, 0, 0, 0, 0};
        assertThrows(MalformedException.class, () -> decode(negative, Integer.MAX_VALUE));
    }

    @Test
    void aLengthThatIsOnlyClaimedTakesNoMemory() {
        FrameDecoder decoder = new FrameDecoder(FrameFormat.REQUEST_BYTES_MAX);
        decoder.decode(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 1}, frame -> {});
        assertTrue(decoder.bufferBytes() <= 64, () -> decoder.bufferBytes() + " bytes");
    }

    @Test
    void theMemoryOfALongFrameIsAsLongAsTheFrameAndFreedWithIt() {
        Message longOne =
                new Message.StoreRequest(Key.of("k"), new Record(VERSION, Value.of(new byte[3 << 20], "x/y")));
        byte[] stream = encode(List.of(longOne, new Message.Ping()));
        FrameDecoder decoder = new FrameDecoder(FrameFormat.REQUEST_BYTES_MAX);
        List<Frame> frames = new ArrayList<>();
        int bufferBytes = 0;
        for (int start = 0; start < stream.length; start += 1000) {
            decoder.decode(Arrays.copyOfRange(stream, start, Math.min(start + 1000, stream.length)), frames::add);
            bufferBytes = Math.max(bufferBytes, decoder.bufferBytes());
        }
        assertEquals(framesOf(List.of(longOne, new Message.Ping())), frames);
        assertTrue(bufferBytes <= stream.length, bufferBytes + " bytes for a stream of " + stream.length);
        assertTrue(decoder.bufferBytes() < 1 << 20, () -> decoder.bufferBytes() + " bytes stay");
    }

    @Test
    void theLongestRequestAndTheLongestReplyFitIntoTheirFrames() {
        byte[] bytes = new byte[RecordCodec.VALUE_BYTES_MAX];
        Receipt receipt = new Receipt(-1, true, Long.MAX_VALUE);
        Version version = new Version(-1, -1, Long.MAX_VALUE, Long.MAX_VALUE);
        Record longest = new Record(
                version,
                Value.of(bytes, "x".repeat(Value.CONTENT_TYPE_BYTES_MAX), Long.MAX_VALUE - 1),
                new RequestId(-1, -1),
                Optional.of(receipt));
        Ballot ballot = new Ballot(-1, -1, Long.MAX_VALUE);
        Proposal proposal = new Proposal(ballot, longest);
        RequestTrace trace = RequestTrace.NONE.stored(RequestResult.of(longest));
        for (int i = 0; i < RequestTrace.VOTES_MAX; i++) {
            trace = trace.with(new Vote(new Ballot(-1, i, Long.MAX_VALUE), RequestResult.of(longest)));
        }
        Message accept = new Message.Accept(Key.of(new byte[Key.BYTES_MAX]), proposal);
        assertTrue(encode(List.of(accept)).length <= FrameFormat.REQUEST_BYTES_MAX);
        Message promise = new Message.Promise(longest, Optional.of(proposal), ballot, trace);
        assertTrue(encode(List.of(promise)).length <= FrameFormat.REPLY_BYTES_MAX);
    }

    @Test
    void randomBytesAreRefusedAndNothingElseHappens() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[9 + random.nextInt(60)];
            random.nextBytes(payload);
            payload[0] = (byte) random.nextInt(17);
            int crc = Checksum.crc32c(payload, 0, payload.length);
            assertDoesNotThrow(() -> readOrRefuse(payload, crc), () -> "seed " + seed);
        }
    }

    @Test
    void aDetailThatIsTooLongIsCutAndStillArrives() {
        Message refusal =
                new Message.HandshakeRefusal(Message.HandshakeRefusal.RefusalCause.OTHER_NODE, "ü".repeat(5000));
        Message.HandshakeRefusal arrived = (Message.HandshakeRefusal)
                decode(encode(List.of(refusal)), Integer.MAX_VALUE).get(0).message();
        assertTrue(arrived.detail().endsWith("…"));
    }

    private static void readOrRefuse(byte[] payload, int crc) {
        try {
            FrameFormat.readBody(payload, 0, payload.length, crc, 7);
        } catch (MalformedException expected) {
            // the only failure that bytes may cause
        }
    }

    private static List<Frame> framesOf(List<Message> messages) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            frames.add(new Frame(i, messages.get(i)));
        }
        return frames;
    }

    private static byte[] encode(List<Message> messages) {
        BytesWriter out = new BytesWriter(16);
        for (int i = 0; i < messages.size(); i++) {
            FrameFormat.write(out, new Frame(i, messages.get(i)), ProtocolRange.SPOKEN.newest());
        }
        return out.toByteArray();
    }

    private static List<Frame> decode(byte[] stream, int piece) {
        FrameDecoder decoder = new FrameDecoder(FRAME_BYTES_MAX);
        List<Frame> frames = new ArrayList<>();
        for (int start = 0; start < stream.length; start += Math.min(piece, stream.length - start)) {
            int end = start + Math.min(piece, stream.length - start);
            decoder.decode(Arrays.copyOfRange(stream, start, end), frames::add);
        }
        return frames;
    }
}
