package io.quorate.common.plausibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.ProtocolRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlausibilityTest {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final long LATEST_MS = NOW_MS + NumberCheck.AHEAD_MS_MAX;
    private static final long NOW = HybridClock.timestampOf(NOW_MS + 1) - 1;
    private static final long LATEST = HybridClock.timestampOf(LATEST_MS + 1) - 1;
    private static final Key KEY = Key.of("k");
    private static final NodeId N1 = new NodeId("n1");

    /** Each bit of these is random. */
    private static final Set<String> RANDOM = Set.of("session", "bits", "high", "low", "fingerprint");

    /** Only people read these. */
    private static final Set<String> FOR_PEOPLE =
            Set.of("pid", "uptimeMs", "cpuMs", "residentBytes", "timestampsTooFarAhead", "store");

    /** These may be as large as a positive number gets. */
    private static final Set<String> UNBOUNDED =
            Set.of("counter", "bytes", "deleted", "expiresAtMs", "rememberedUntilMs");

    // ---- the table ----

    static Stream<Arguments> numbers() {
        return Stream.of(
                // timestamps of versions
                possible(store(new Version(1, 5, 1, 0))),
                possible(store(new Version(LATEST, 5, 1, 0))),
                impossible("timestamp of the version", store(new Version(LATEST + 1, 5, 1, 0))),
                impossible("timestamp of the version", store(new Version(Long.MAX_VALUE, 5, 1, 0))),
                impossible("timestamp of the version", store(new Version(Long.MIN_VALUE, 5, 1, 0))),
                impossible("timestamp of the version", store(new Version(-1, 5, 1, 0))),
                impossible("timestamp of the version", store(Version.ZERO)),
                possible(store(Version.ZERO.nextStep())),
                possible(new Message.RecordReply(Record.NEVER_WRITTEN)),
                // steps, counters, sessions
                possible(store(new Version(1, 5, 1, LATEST_MS))),
                impossible("step of the version", store(new Version(1, 5, 1, LATEST_MS + 1))),
                impossible("step of the version", store(new Version(1, 5, 1, -1))),
                impossible("counter of the version", store(new Version(1, 5, -1, 0))),
                possible(store(Version.ofInstant(LATEST).nextStep())),
                impossible("counter of the version", store(new Version(LATEST, ~0L, 1, 1))),
                possible(store(new Version(1, Long.MIN_VALUE, 1, 0))),
                // ballots
                possible(new Message.Prepare(KEY, new Ballot(1, 5, 1))),
                impossible("timestamp of the ballot", new Message.Prepare(KEY, Ballot.ZERO)),
                impossible("timestamp of the ballot", new Message.Prepare(KEY, new Ballot(LATEST + 1, 5, 1))),
                impossible("counter of the ballot", new Message.Prepare(KEY, new Ballot(1, 5, -1))),
                impossible(
                        "timestamp of the ballot of the proposal",
                        new Message.Accept(KEY, new Proposal(new Ballot(-1, 5, 1), Record.NEVER_WRITTEN))),
                possible(new Message.Preempted(Ballot.ZERO)),
                impossible("timestamp of the promised ballot", new Message.Preempted(new Ballot(-1, 5, 1))),
                // what forgetting counts
                possible(new Message.RaiseFence(NOW, 7)),
                impossible("fence", new Message.RaiseFence(NOW + 1, 7)),
                impossible("fence", new Message.RaiseFence(Long.MIN_VALUE, 7)),
                impossible("age", new Message.RaiseFence(NOW, LATEST_MS + 1)),
                possible(new Message.RaiseFloor(LATEST, SlotSet.ALL)),
                impossible("floor", new Message.RaiseFloor(LATEST + 1, SlotSet.ALL)),
                possible(forget(1, 0)),
                impossible("round", forget(0, 0)),
                impossible("round", forget(Long.MAX_VALUE, 0)),
                impossible("floor", forget(1, -1)),
                possible(Message.StoreRequest.repair(KEY, record(new Version(1, 5, 1, 0)), 0)),
                impossible(
                        "age of the evidence",
                        Message.StoreRequest.repair(KEY, record(new Version(1, 5, 1, 0)), Long.MAX_VALUE)),
                impossible("demanded age", new Message.Query(KEY, true, Message.Query.Purpose.READ, Long.MAX_VALUE)),
                impossible("later age", reply(new Horizon(1, -1, 0, 0))),
                impossible("fence", reply(new Horizon(1, 0, 0, LATEST + 1))),
                // passes
                possible(new Message.PassEnd(PassProgress.NONE)),
                possible(new Message.PassEnd(PassProgress.begin(LATEST_MS, LATEST_MS, LATEST))),
                impossible("number of the pass", new Message.PassEnd(PassProgress.begin(Long.MAX_VALUE, 1, 0))),
                impossible("begin of the pass", new Message.PassEnd(PassProgress.begin(1, LATEST_MS + 1, 0))),
                impossible("fence of the pass", new Message.PassEnd(PassProgress.begin(1, 1, LATEST + 1))),
                // processes
                possible(hello(1, true)),
                impossible("incarnation", hello(0, true)),
                impossible("incarnation", hello(LATEST_MS + 1, true)),
                impossible("incarnation", hello(-1, true)),
                possible(hello(Long.MAX_VALUE, false)),
                impossible("incarnation", hello(-1, false)),
                possible(new Message.Pong(0, VotingStatus.VOTING)),
                possible(new Message.Pong(NumberCheck.CLOCK_MS_MAX, VotingStatus.VOTING)),
                impossible("wall clock", new Message.Pong(NumberCheck.CLOCK_MS_MAX + 1, VotingStatus.VOTING)),
                impossible("wall clock", new Message.Pong(-1, VotingStatus.VOTING)),
                // ends of lives
                possible(store(new Version(1, 5, 1, 0), Value.ENDED_LONG_AGO)),
                possible(store(new Version(1, 5, 1, 0), Value.NEVER_EXPIRES)),
                impossible("expiry of the value", store(new Version(1, 5, 1, 0), Value.NEVER_EXPIRES - 1)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("numbers")
    void onlyWhatAnHonestProcessSendsIsPossible(Optional<String> impossible, Message message) {
        assertEquals(
                impossible, Plausibility.objection(message, NOW_MS).map(ImpossibleNumber::number), message::toString);
    }

    private static Arguments possible(Message message) {
        return Arguments.of(Optional.empty(), message);
    }

    private static Arguments impossible(String number, Message message) {
        return Arguments.of(Optional.of(number), message);
    }

    private static Message store(Version version) {
        return store(version, Value.NEVER_EXPIRES);
    }

    private static Message store(Version version, long expiresAtMs) {
        return new Message.StoreRequest(KEY, new Record(version, Value.of(new byte[1], "x/y", expiresAtMs)));
    }

    private static Record record(Version version) {
        return new Record(version, Tombstone.TOMBSTONE);
    }

    private static Message reply(Horizon horizon) {
        return new Message.RecordReply(Record.NEVER_WRITTEN, Optional.empty(), horizon);
    }

    private static Message forget(long round, long floor) {
        return new Message.Forget(round, Ballot.ZERO, List.of(new DeletedKey(KEY, Version.ZERO, floor)));
    }

    private static Message hello(long incarnation, boolean hasDisk) {
        Optional<DiskId> disk = hasDisk ? Optional.of(new DiskId(-1)) : Optional.empty();
        return new Message.Hello(new ClusterId("c"), N1, incarnation, disk, N1, new MemberIds(List.of(N1)));
    }

    // ---- every field of every message ----

    @Test
    void eachMessageIsInTheTable() {
        assertEquals(messages(Message.class).collect(Collectors.toSet()), MessageNumbers.types());
    }

    private static Stream<Class<?>> messages(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(PlausibilityTest::messages)
                : Stream.of(type);
    }

    /** Each number of each example in turn is one that no honest process sends. A new field needs a decision here. */
    @Test
    void noNumberOfAnyMessageMayBeNegativeOrWithoutBound() throws IOException {
        int forged = 0;
        for (Message example : examples()) {
            Message ones = Numbers.replaced(example, "", number -> 1);
            assertEquals(Optional.empty(), Plausibility.objection(ones, NOW_MS), ones::toString);
            List<Numbers.Place> places = Numbers.of(ones);
            for (int i = 0; i < places.size(); i++) {
                for (long value : valuesFor(example, places.get(i))) {
                    forged++;
                    assertRefusedAndReadable(forge(ones, i, value), places.get(i));
                }
            }
        }
        assertTrue(forged > 300, forged + " forged numbers");
    }

    private static List<Long> valuesFor(Message message, Numbers.Place place) {
        if (RANDOM.contains(place.name()) || FOR_PEOPLE.contains(place.path().split("\\.")[0])) {
            return List.of();
        }
        boolean isRandom =
                message instanceof Message.Hello hello && hello.disk().isEmpty();
        return UNBOUNDED.contains(place.name()) || isRandom
                ? List.of(-1L, Long.MIN_VALUE)
                : List.of(-1L, Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 62);
    }

    private static Message forge(Message ones, int place, long value) {
        int[] at = {0};
        return Numbers.replaced(ones, "", number -> at[0]++ == place ? value : number.value());
    }

    /** What a peer says reaches the judge as it was sent, or is no message at all. */
    private static void assertRefusedAndReadable(Message forged, Numbers.Place place) {
        Optional<ImpossibleNumber> objection = Plausibility.objection(forged, NOW_MS);
        assertTrue(objection.isPresent(), () -> place + " in " + forged);
        assertTrue(objection.get().text().length() < 300, objection.get()::text);
    }

    private static List<Message> examples() throws IOException {
        List<Message> found = new ArrayList<>();
        byte[] golden = Files.readAllBytes(Path.of("src/test/resources/golden/protocol-7/frames"));
        new FrameDecoder(1 << 20).decode(golden, frame -> found.add(frame.message()));
        // Values of records are no records, so their expiry is in the table above only.
        return found;
    }

    @Test
    void aForgedVersionComesThroughTheWireAndIsJudgedThere() {
        Message forged = store(new Version(Long.MIN_VALUE, 5, -1, -1));
        BytesWriter out = new BytesWriter(64);
        FrameFormat.write(out, new Frame(1, forged), ProtocolRange.SPOKEN.oldest());
        List<Message> received = new ArrayList<>();
        new FrameDecoder(1 << 20).decode(out.toByteArray(), frame -> received.add(frame.message()));
        assertEquals(List.of(forged), received);
        assertTrue(Plausibility.objection(received.get(0), NOW_MS).isPresent());
    }

    // ---- what follows from a number at its limit ----

    /** Whatever got in, an honest process gets further, at the latest one millisecond later. */
    @Test
    void aNumberAtItsLimitHasASuccessor() {
        Version version = new Version(LATEST, 5, 1, LATEST_MS);
        Ballot ballot = new Ballot(LATEST, 5, 1);
        assertEquals(Optional.empty(), Plausibility.objection(store(version), NOW_MS));
        HybridClock clock = clockAt(NOW_MS + 1);
        List<Message> next = List.of(
                store(new Version(clock.next(version.timestamp(), Long.MAX_VALUE), 6, 1, 0)),
                store(version.nextStep()),
                new Message.Prepare(KEY, new Ballot(clock.next(ballot.timestamp(), Long.MAX_VALUE), 6, 2)),
                forget(LATEST_MS + 1, 0),
                new Message.PassEnd(PassProgress.begin(LATEST_MS + 1, 1, 0)));
        for (Message message : next) {
            assertEquals(Optional.empty(), Plausibility.objection(message, NOW_MS + 1), message::toString);
        }
        assertTrue(HybridClock.millisOf(clock.next(0, Long.MAX_VALUE)) <= NOW_MS + 1, "the clock was dragged along");
    }

    private static HybridClock clockAt(long ms) {
        return new HybridClock(
                new Clock() {
                    @Override
                    public long wallMs() {
                        return ms;
                    }

                    @Override
                    public long monotonicNs() {
                        return 0;
                    }
                },
                500);
    }

    /** A wrong clock does not take a replica out of all quorums: 136 years behind is an era of NTP. */
    @ParameterizedTest
    @ValueSource(longs = {0, 315_532_800_000L, NOW_MS - 3_600_000, NOW_MS, NOW_MS + 136L * 365 * 86_400_000})
    void aClockThatIsWrongTakesWhatRightClocksMint(long wrongMs) {
        Message store = store(new Version(NOW, 5, 1, 0));
        assertEquals(Optional.empty(), Plausibility.objection(store, wrongMs));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, (1L << 47) - 1, Long.MAX_VALUE})
    void noClockOfThisProcessMakesAnEndPossible(long wallMs) {
        assertTrue(Plausibility.objection(store(new Version(Long.MIN_VALUE, 5, 1, 0)), wallMs)
                .isPresent());
        assertEquals(Optional.empty(), Plausibility.objection(store(new Version(1, 5, 1, 0)), wallMs));
    }

    @Test
    void aTextSaysWhatItIsAndWhatIsAllowed() {
        assertEquals(
                "StoreRequest with an impossible number: the timestamp of the version is ffffffffffffffff, allowed is"
                        + " 1 (1970-01-01T00:00:00Z) to " + Long.toHexString(LATEST) + " (2226-11-28T08:00:00Z)",
                Plausibility.objection(store(new Version(-1, 5, 1, 0)), NOW_MS)
                        .orElseThrow()
                        .text());
    }

    @Test
    void aVersionThatCanBeMintedNeedsNoClock() {
        assertTrue(Plausibility.canBeMinted(new Version(Long.MAX_VALUE, 5, 1, 0)));
        assertTrue(Plausibility.canBeMinted(Version.ofInstant(1)));
        assertFalse(Plausibility.canBeMinted(new Version(-1, 5, 1, 0)));
        assertFalse(Plausibility.canBeMinted(new Version(1, 5, -1, 0)));
        assertFalse(Plausibility.canBeMinted(new Version(1, 5, 1, Long.MIN_VALUE)));
    }
}
