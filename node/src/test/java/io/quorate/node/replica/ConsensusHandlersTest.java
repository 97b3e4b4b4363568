package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.consensus.KeyTransaction;
import io.quorate.node.replica.consensus.KeyTransactions;
import io.quorate.node.replica.state.KeyQueues;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One replica as an acceptor, over a real store whose threads are a queue. */
class ConsensusHandlersTest {
    private static final Key KEY = Key.of("key");
    private static final Version BASE = new Version(10, 1, 1, 0);

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @TempDir
    Path folder;

    private DataDirectory directory;
    private Store store;
    private KeyStates states;
    private Replica replica;

    @BeforeEach
    void create() throws IOException {
        directory = DataDirectory.create(new RealDisk(folder.resolve("data")));
        Store.create(directory);
        open();
    }

    private void open() throws IOException {
        Executor later = tasks::add;
        StoreThreads threads =
                new StoreThreads(later, later, later, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
        store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, failure -> {
            throw failure;
        });
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        VotingRight right = VotingRight.of(directory);
        states = new KeyStates(store, right, later);
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

    @AfterEach
    void close() throws IOException {
        shutDown();
        directory.close();
    }

    private void shutDown() {
        store.shutdown(() -> {});
        runAll();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private List<Reply> ask(Request request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        return replies;
    }

    private Reply answer(Request request) {
        List<Reply> replies = ask(request);
        runAll();
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private static Ballot ballot(long number) {
        return new Ballot(number, 7, number);
    }

    private static Proposal proposal(long ballot, Version version, String value) {
        return new Proposal(ballot(ballot), new Record(version, Value.of(value), new RequestId(ballot, ballot)));
    }

    private static Promise promise(Record register, Optional<Proposal> accepted, Ballot voted) {
        return new Promise(register, accepted, voted, RequestTrace.NONE);
    }

    private void hasBase() {
        answer(new io.quorate.common.wire.Message.StoreRequest(KEY, new Record(BASE, Value.of("base"))));
    }

    /** What the store knows without the record, and what it reads, give one answer. */
    @Test
    void aQueryForTheVersionShowsWhatAQueryForTheContentShows() {
        assertOneAnswer();
        put(new Record(BASE, Value.of("first")));
        assertTrue(store.newestVersion(KEY).isPresent());
        assertOneAnswer();

        answer(new Prepare(KEY, ballot(11)));
        assertOneAnswer();
        Proposal proposal = proposal(11, BASE.nextStep(), "second");
        assertInstanceOf(Accepted.class, answer(new Accept(KEY, proposal)));
        assertEquals(Optional.of(proposal), assertOneAnswer(), "above the register");
        put(proposal.record());
        assertEquals(Optional.empty(), assertOneAnswer(), "it is the register");

        put(new Record(new Version(20, 1, 1, 0), Tombstone.TOMBSTONE));
        assertOneAnswer();
        put(new Record(new Version(20, 1, 1, 0), Tombstone.TOMBSTONE).forgotten(1));
        assertTrue(store.newestVersion(KEY).isEmpty());
        assertOneAnswer();
    }

    private Optional<Proposal> assertOneAnswer() {
        RecordReply full = assertInstanceOf(RecordReply.class, answer(new Query(KEY, true)));
        assertEquals(VersionReply.of(full.record(), full.accepted(), full.horizon()), answer(new Query(KEY, false)));
        return full.accepted();
    }

    private void put(Record record) {
        store.put(KEY, record, new RequiredCompletion(() -> {}));
        runAll();
    }

    @Test
    void aPromiseShowsTheRegisterAndIsAnsweredWhenItIsDurable() {
        hasBase();
        List<Reply> replies = ask(new Prepare(KEY, ballot(1)));
        assertTrue(replies.isEmpty());
        runAll();
        assertEquals(List.of(promise(new Record(BASE, Value.of("base")), Optional.empty(), Ballot.ZERO)), replies);
    }

    @Test
    void aDefectBeforeTheWriteIsRejectedAndLeavesTheKeyToTheNext() {
        assertInstanceOf(Rejected.class, answerOfADefect((transaction, state) -> {
            throw new IllegalStateException("a defect, on purpose");
        }));
    }

    @Test
    void aDefectAfterTheWriteMayHaveHadItsEffectAndLeavesTheKeyToTheNext() {
        assertInstanceOf(
                Abstained.class,
                answerOfADefect((transaction, state) ->
                        transaction.write(state.acceptor().promise(ballot(1)), () -> {
                            throw new IllegalStateException("a defect, on purpose");
                        })));
    }

    private Reply answerOfADefect(BiConsumer<KeyTransaction, KeyState> body) {
        KeyTransactions transactions = new KeyTransactions(states);
        List<Reply> replies = new ArrayList<>();
        transactions.begin(KEY, RequestId.NONE, replies::add, body);
        transactions.begin(KEY, RequestId.NONE, replies::add, (transaction, state) -> transaction.end(new Accepted()));
        runAll();
        assertEquals(2, replies.size());
        assertEquals(new Accepted(), replies.get(1));
        return replies.get(0);
    }

    @Test
    void aBallotThatIsNotHigherIsPreempted() {
        answer(new Prepare(KEY, ballot(5)));
        assertEquals(new Preempted(ballot(5)), answer(new Prepare(KEY, ballot(5))));
        assertEquals(new Preempted(ballot(5)), answer(new Prepare(KEY, ballot(4))));
        assertEquals(new Preempted(ballot(5)), answer(new Accept(KEY, proposal(4, BASE, "late"))));
        assertEquals(new Accepted(), answer(new Accept(KEY, proposal(5, BASE, "in time"))));
    }

    @Test
    void whatIsAcceptedIsShownUntilTheRegisterIsPastIt() {
        hasBase();
        Proposal proposal = proposal(1, BASE.nextStep(), "next");
        assertEquals(new Accepted(), answer(new Accept(KEY, proposal)));
        assertEquals(
                new RecordReply(new Record(BASE, Value.of("base")), Optional.of(proposal)),
                answer(new Query(KEY, true)));
        assertEquals(
                promise(new Record(BASE, Value.of("base")), Optional.of(proposal), ballot(1)),
                answer(new Prepare(KEY, ballot(2))));
        assertEquals(new Stored(), answer(new io.quorate.common.wire.Message.StoreRequest(KEY, proposal.record())));
        assertEquals(new RecordReply(proposal.record()), answer(new Query(KEY, true)));
        assertEquals(promise(proposal.record(), Optional.empty(), ballot(1)), answer(new Prepare(KEY, ballot(3))));
    }

    @Test
    void aProposalThatTheRegisterIsPastIsAcknowledgedAndNotKept() {
        hasBase();
        Proposal overtaken = proposal(1, new Version(9, 1, 1, 1), "overtaken");
        assertEquals(new Accepted(), answer(new Accept(KEY, overtaken)));
        assertEquals(new Preempted(ballot(1)), answer(new Prepare(KEY, ballot(1))));
        assertEquals(
                promise(new Record(BASE, Value.of("base")), Optional.empty(), ballot(1)),
                answer(new Prepare(KEY, ballot(2))));
    }

    @Test
    void promisesAndAcceptedProposalsSurviveARestart() throws IOException {
        Proposal deletion =
                new Proposal(ballot(8), new Record(BASE.nextStep(), Tombstone.TOMBSTONE, new RequestId(1, 2)));
        answer(new Accept(KEY, deletion));
        answer(new Prepare(KEY, ballot(9)));
        shutDown();
        open();
        assertEquals(new RecordReply(Record.NEVER_WRITTEN, Optional.of(deletion)), answer(new Query(KEY, true)));
        assertEquals(new Preempted(ballot(9)), answer(new Accept(KEY, proposal(8, BASE, "late"))));
    }

    @Test
    void aLaterVoteTakesThePlaceOfWhatWasAcceptedBefore() {
        hasBase();
        answer(new Accept(KEY, proposal(1, BASE.nextStep().nextStep(), "left behind")));
        assertEquals(new Accepted(), answer(new Accept(KEY, proposal(2, new Version(9, 1, 1, 1), "overtaken"))));
        assertEquals(
                promise(new Record(BASE, Value.of("base")), Optional.empty(), ballot(2)),
                answer(new Prepare(KEY, ballot(3))));
    }

    @Test
    void requestsOnOneKeyGoOneAfterTheOther() {
        List<Reply> first = ask(new Prepare(KEY, ballot(2)));
        List<Reply> second = ask(new Prepare(KEY, ballot(1)));
        List<Reply> third = ask(new Accept(KEY, proposal(3, BASE, "third")));
        List<Reply> elsewhere = ask(new Prepare(Key.of("another"), ballot(1)));
        runAll();
        assertEquals(List.of(promise(Record.NEVER_WRITTEN, Optional.empty(), Ballot.ZERO)), first);
        assertEquals(List.of(new Preempted(ballot(2))), second);
        assertEquals(List.of(new Accepted()), third);
        assertEquals(List.of(promise(Record.NEVER_WRITTEN, Optional.empty(), Ballot.ZERO)), elsewhere);
    }

    @Test
    void moreThanMayWaitForOneKeyAreRejected() {
        ask(new Prepare(KEY, ballot(1)));
        for (int i = 0; i < KeyQueues.WAITING_MAX; i++) {
            assertTrue(ask(new Prepare(KEY, ballot(2 + i))).isEmpty());
        }
        List<Reply> tooMany = ask(new Prepare(KEY, ballot(1_000)));
        assertTrue(tooMany.get(0) instanceof Rejected, tooMany.toString());
        runAll();
        assertTrue(answer(new Prepare(KEY, ballot(1_000))) instanceof Promise);
    }
}
