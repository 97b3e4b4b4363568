package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.ScanLimits;
import io.quorate.node.StandingClock;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One replica whose threads are queues, so that requests wait while the test's clock goes on. */
class ExpiredRequestsTest {
    private static final Key KEY = Key.of("key");
    private static final Record BASE = new Record(new Version(10, 1, 1, 0), Value.of("base"));
    private static final Record NEXT = new Record(new Version(20, 1, 1, 0), Value.of("next"));
    private static final Query QUERY = new Query(KEY, true, Query.Purpose.READ, 0);
    private static final long PATIENCE_MS = 100;
    private static final int MEMTABLE_BYTES = 64 << 10;
    private static final int MISSED = 1 << 2;

    private final Queue<Runnable> log = new ArrayDeque<>();
    private final Queue<Runnable> readers = new ArrayDeque<>();
    private final StandingClock clock = new StandingClock();
    private Store store;
    private Replica replica;
    private KeyStates states;

    @BeforeEach
    void open() throws IOException {
        clock.set(1_000_000);
        DataDirectory directory = DataDirectory.create(new CrashDisk());
        Store.create(directory);
        store = Store.open(
                directory,
                StoreOptions.DEFAULTS.withBallastBytes(0).withMemtableBytes(MEMTABLE_BYTES),
                new StoreThreads(log::add, log::add, log::add, (delayMs, action) -> () -> {}, clock),
                failure -> {
                    throw failure;
                });
        HybridClock hybrid = new HybridClock(clock, 500);
        VotingRight right = VotingRight.of(directory);
        Executor reading = readers::add;
        states = new KeyStates(store, right, reading);
        Hints hints = new Hints(store, 3, HintOptions.DEFAULTS, hybrid);
        replica = new Replica(
                hybrid,
                right,
                new InspectHandler(Optional.of(store), hybrid, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(states, right, hybrid, reading, hints),
                        ConsensusHandlers.of(states, hybrid),
                        new ScanHandler(states, reading),
                        HandoffHandlers.of(states, reading, hints))));
        List<Reply> stored = ask(new StoreRequest(KEY, BASE), Frame.ANY_TIME);
        runAll();
        assertEquals(List.of(new Stored()), stored);
        fillMemtable();
    }

    /** The table that holds the key is on disk then. */
    private void fillMemtable() {
        Record filler = new Record(BASE.version(), Value.of("x".repeat(1_000)));
        for (int i = 0; i < 2 * MEMTABLE_BYTES / 1_000; i++) {
            ask(new StoreRequest(Key.of("filler" + i), filler), Frame.ANY_TIME);
            runAll();
        }
        assertEquals(Optional.empty(), store.getFromMemory(KEY));
    }

    private List<Reply> ask(Request request, long patienceMs) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, patienceMs, replies::add);
        return replies;
    }

    private void runAll() {
        while (!log.isEmpty() || !readers.isEmpty()) {
            (log.isEmpty() ? readers : log).remove().run();
        }
    }

    private Reply answerAfter(long waitedMs, Request request) {
        List<Reply> replies = ask(request, PATIENCE_MS);
        assertEquals(List.of(), replies, "it waits");
        clock.pass(waitedMs);
        runAll();
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private void assertExpires(Request request) {
        Rejected rejected = assertInstanceOf(Rejected.class, answerAfter(PATIENCE_MS + 1, request));
        assertEquals(RejectionCause.EXPIRED, rejected.cause());
    }

    private Record held() {
        List<Reply> replies = ask(QUERY, Frame.ANY_TIME);
        runAll();
        return ((RecordReply) replies.get(0)).record();
    }

    @Test
    void aReadThatWaitsForTheDiskForTooLongReadsNothing() {
        assertExpires(QUERY);
        assertEquals(1, replica.expiredRequests());
        assertInstanceOf(RecordReply.class, answerAfter(PATIENCE_MS, QUERY));
    }

    @Test
    void aRecordThatWaitsForTheLogForTooLongIsNotStored() {
        assertExpires(new StoreRequest(KEY, NEXT));
        assertEquals(BASE, held());
        assertEquals(new Stored(), answerAfter(PATIENCE_MS, new StoreRequest(KEY, NEXT)));
        assertEquals(NEXT, held());
    }

    private int hintsInStore() {
        int count = 0;
        try (RecordIterator entries = store.scan(Keyspace.HINTS, KeyRange.ALL, Direction.ASCENDING)) {
            while (entries.advance()) {
                count++;
            }
        }
        return count;
    }

    /** The log thread refuses it, so its hint is not written either. */
    @Test
    void aRecordThatIsNotStoredLeavesNoHint() {
        assertExpires(new StoreRequest(KEY, NEXT, MISSED));
        assertEquals(0, hintsInStore());
        answerAfter(PATIENCE_MS, new StoreRequest(KEY, NEXT, MISSED));
        assertEquals(1, hintsInStore());
    }

    /** Below the fence the register decides. The replica holds the record, so it would acknowledge it and the hint. */
    @Test
    void aRecordThatWaitsForItsTurnForTooLongLeavesNoHint() {
        Ages ages = states.ages();
        ages.apply(ages.raiseFence(2 * BASE.version().timestamp(), 1), new RequiredCompletion(() -> {}));
        runAll();
        StoreRequest held = new StoreRequest(KEY, BASE, MISSED);
        List<Reply> replies = ask(held, PATIENCE_MS);
        log.remove().run();
        assertEquals(List.of(), replies, "it waits for its turn, since the log did not take it");
        clock.pass(PATIENCE_MS + 1);
        runAll();
        assertEquals(
                RejectionCause.EXPIRED,
                assertInstanceOf(Rejected.class, replies.get(0)).cause());
        assertEquals(0, hintsInStore());
        assertEquals(new Stored(), answerAfter(PATIENCE_MS, held));
        assertEquals(1, hintsInStore());
    }

    @Test
    void aBallotThatWaitsForItsTurnForTooLongIsNotPromised() {
        ask(new Prepare(KEY, new Ballot(1, 7, 1)), Frame.ANY_TIME);
        assertExpires(new Prepare(KEY, new Ballot(9, 7, 1)));
        Reply later = answerAfter(PATIENCE_MS, new Prepare(KEY, new Ballot(2, 7, 1)));
        assertInstanceOf(Promise.class, later, "the expired ballot is later, and was not promised");
    }

    @Test
    void aProposalThatWaitsForItsTurnForTooLongIsNotAccepted() {
        ask(new Prepare(KEY, new Ballot(1, 7, 1)), Frame.ANY_TIME);
        assertExpires(new Accept(KEY, new Proposal(new Ballot(1, 7, 1), NEXT)));
        Reply later = answerAfter(PATIENCE_MS, new Prepare(KEY, new Ballot(2, 7, 1)));
        assertEquals(Optional.empty(), assertInstanceOf(Promise.class, later).accepted());
    }

    /** Its promise is durable by then. So the replica may not say that the PREPARE had no effect. */
    @Test
    void aPromiseThatIsDurableTooLateIsShownAllTheSame() {
        List<Reply> replies = ask(new Prepare(KEY, new Ballot(1, 7, 1)), PATIENCE_MS);
        readers.remove().run();
        clock.pass(PATIENCE_MS + 1);
        runAll();
        assertInstanceOf(Promise.class, replies.get(0));
    }

    @Test
    void aScanThatWaitsForItsTurnForTooLongReadsNothing() {
        Scan scan = new Scan(KeyRange.ALL, Direction.ASCENDING, true, ScanLimits.ofValues(10));
        assertExpires(scan);
        assertInstanceOf(ScanReply.class, answerAfter(PATIENCE_MS, scan));
    }
}
