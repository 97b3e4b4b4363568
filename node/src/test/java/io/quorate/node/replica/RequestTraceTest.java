package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a replica remembers of requests with idempotency keys, over a disk that loses power. */
class RequestTraceTest {
    private static final Key KEY = Key.of("key");
    private static final RequestId REQUEST = new RequestId(7, 8);
    private static final Version BASE = new Version(10, 1, 1, 0);
    private static final Receipt RECEIPT = new Receipt(5, true, 1L << 50);
    private static final Record RECORD =
            new Record(BASE.nextStep(), Value.of(new byte[] {1}, "x/y", 1L << 49), REQUEST, Optional.of(RECEIPT));
    private static final RequestResult DONE = RequestResult.of(RECORD);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CrashDisk disk = new CrashDisk();
    private Store store;
    private Replica replica;

    @BeforeEach
    void create() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        open();
    }

    private void open() throws IOException {
        DataDirectory directory = DataDirectory.open(disk);
        Executor later = tasks::add;
        StoreThreads threads =
                new StoreThreads(later, later, later, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
        store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, failure -> {
            throw failure;
        });
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        VotingRight right = VotingRight.of(directory);
        KeyStates states = new KeyStates(store, right, later);
        replica = new Replica(
                clock,
                right,
                new InspectHandler(Optional.of(store), clock, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(states, right, clock, later, new Hints(store, 3, HintOptions.DEFAULTS, clock)),
                        ConsensusHandlers.of(states, clock),
                        new ScanHandler(states, later),
                        HandoffHandlers.of(states, later, new Hints(store, 3, HintOptions.DEFAULTS, clock)))));
    }

    private void losePower() throws IOException {
        tasks.clear();
        disk.killProcess();
        disk.losePower(Survivors.values()[0], new Random(1));
        open();
    }

    private Reply answer(Request request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private static Ballot ballot(long number) {
        return new Ballot(number, 7, number);
    }

    private RequestTrace trace() {
        return ((RequestStatusReply) answer(new RequestStatusQuery(KEY, REQUEST))).trace();
    }

    @Test
    void whatItNeverMetLeftNoTrace() {
        assertEquals(RequestTrace.NONE, trace());
    }

    @Test
    void anAcceptedProposalAndAStoreLeaveTracesThatSurviveACrash() throws IOException {
        assertEquals(new Accepted(), answer(new Accept(KEY, new Proposal(ballot(1), RECORD))));
        RequestTrace voted = RequestTrace.NONE.with(new Vote(ballot(1), DONE));
        losePower();
        assertEquals(voted, trace());
        assertEquals(new Stored(), answer(new io.quorate.common.wire.Message.StoreRequest(KEY, RECORD)));
        losePower();
        assertEquals(voted.stored(DONE), trace());
        Promise promise = (Promise) answer(new Prepare(KEY, ballot(2), REQUEST));
        assertEquals(new Promise(RECORD, Optional.empty(), ballot(1), voted.stored(DONE)), promise);
    }

    @Test
    void aStoreThatTheRegisterIsPastLeavesATraceToo() {
        Record newer = new Record(new Version(20, 1, 1, 0), Tombstone.TOMBSTONE);
        answer(new io.quorate.common.wire.Message.StoreRequest(KEY, newer));
        answer(new Accept(KEY, new Proposal(ballot(1), RECORD)));
        answer(new io.quorate.common.wire.Message.StoreRequest(KEY, RECORD));
        assertEquals(RequestTrace.NONE.with(new Vote(ballot(1), DONE)).stored(DONE), trace());
    }

    @Test
    void aPreemptedProposalLeavesNone() {
        answer(new Prepare(KEY, ballot(5)));
        assertEquals(new Preempted(ballot(5)), answer(new Accept(KEY, new Proposal(ballot(4), RECORD))));
        assertEquals(new Preempted(ballot(5)), answer(acceptRefusal(4)));
        assertEquals(RequestTrace.NONE, trace());
    }

    private static AcceptRefusal acceptRefusal(long ballot) {
        Record refuting = new Record(BASE, Value.of("refuting"));
        return new AcceptRefusal(KEY, ballot(ballot), REQUEST, RequestResult.refused(BASE, RECEIPT), refuting);
    }

    @Test
    void aRefusalIsRememberedWithTheRegisterThatRefutesAndTakesThePlaceOfAnAcceptedProposal() throws IOException {
        answer(new Accept(KEY, new Proposal(ballot(1), new Record(BASE.nextStep(), Value.of("left behind")))));
        assertEquals(new Accepted(), answer(acceptRefusal(2)));
        losePower();
        Promise promise = (Promise) answer(new Prepare(KEY, ballot(3), REQUEST));
        RequestTrace refused = RequestTrace.NONE.with(new Vote(ballot(2), RequestResult.refused(BASE, RECEIPT)));
        assertEquals(
                new Promise(new Record(BASE, Value.of("refuting")), Optional.empty(), ballot(2), refused), promise);
    }

    @Test
    void theOldestVotesAreForgottenAndThatIsRemembered() {
        for (int i = 1; i <= RequestTrace.VOTES_MAX + 1; i++) {
            answer(new Accept(KEY, new Proposal(ballot(i), RECORD)));
        }
        RequestTrace trace = trace();
        assertFalse(trace.complete());
        assertEquals(ballot(2), trace.votes().get(0).ballot());
    }

    @Test
    void theVotesOfAContendedOperationAreAllRemembered() {
        for (int i = 1; i <= 30; i++) {
            answer(new Accept(KEY, new Proposal(ballot(i), RECORD)));
        }
        RequestTrace trace = trace();
        assertTrue(trace.complete());
        assertEquals(30, trace.votes().size());
    }

    /** Whoever proposes another result has proved that the one before was not chosen. */
    @Test
    void aVoteForAnotherResultMakesTheVotesBeforeItWorthless() {
        for (int i = 1; i <= RequestTrace.VOTES_MAX + 1; i++) {
            answer(new Accept(KEY, new Proposal(ballot(i), RECORD)));
        }
        Ballot last = ballot(RequestTrace.VOTES_MAX + 2);
        Record other = new Record(RECORD.version().nextStep(), RECORD.content(), RECORD.request(), RECORD.receipt());
        answer(new Accept(KEY, new Proposal(last, other)));
        assertEquals(List.of(new Vote(last, RequestResult.of(other))), trace().votes());
        assertTrue(trace().complete());
    }
}
