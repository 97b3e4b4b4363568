package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import io.quorate.node.voting.Wipe;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One replica whose disk lies. The test runs its threads. */
class DamagedReplicaTest {
    private static final Key KEY = Key.of("k");
    private static final Record RECORD = new Record(new Version(1, 2, 3, 0), Value.of("v"));
    private static final Record NEWER = new Record(new Version(2, 2, 4, 0), Value.of("w"));
    private static final ClusterId CLUSTER = new ClusterId("c");
    private static final NodeId NODE = new NodeId("n1");

    private final CrashDisk disk = new CrashDisk();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private VotingRight right;
    private Replica replica;

    @BeforeEach
    void aReplicaWithARottenTable() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            IdentityFile.create(directory, CLUSTER, NODE);
        }
        start();
        assertEquals(new Stored(), ask(store(RECORD)));
        kill();
        start();
        kill();
        String table = disk.list().stream()
                .filter(name -> name.startsWith("table-"))
                .findFirst()
                .orElseThrow();
        disk.rot(table, 40, 3);
    }

    @Test
    void aReadThatMeetsDamageEndsTheVoteForEveryRequestAndEveryLaterStart() throws IOException {
        start();
        assertEquals(VotingStatus.VOTING, votingStatusInPong());
        assertRejected(Rejected.RejectionCause.UNREADABLE, ask(new Query(KEY, true)));
        assertOnlyQuestionsAboutItselfAreAnswered();
        kill();
        start();
        assertOnlyQuestionsAboutItselfAreAnswered();
    }

    private void assertOnlyQuestionsAboutItselfAreAnswered() {
        assertRejected(Rejected.RejectionCause.UNREADABLE, ask(new Query(Key.of("another"), false)));
        assertRejected(Rejected.RejectionCause.UNREADABLE, ask(store(NEWER)));
        assertEquals(VotingStatus.DAMAGED, votingStatusInPong());
        ReplicaStatus condition = assertInstanceOf(ReplicaStatus.class, ask(new Inspect()));
        assertTrue(condition.whyNoVote().contains("is corrupt at offset"), condition::whyNoVote);
    }

    @Test
    void aWipedReplicaKeepsWhatItIsSentAndCountsForNothing() throws IOException {
        start();
        ask(new Query(KEY, true));
        kill();
        wipe();
        start();
        assertEquals(VotingStatus.FILLING, votingStatusInPong());
        assertRejected(Rejected.RejectionCause.FILLING, ask(new Query(KEY, true)));
        assertInstanceOf(Abstained.class, ask(store(NEWER)));
        assertInstanceOf(Abstained.class, ask(store(RECORD)), "an older one, which needs no write");
        kill();
        Store store = open(DataDirectory.open(disk));
        assertEquals(NEWER, store.get(KEY));
        kill();
    }

    private static void assertRejected(Rejected.RejectionCause cause, Reply reply) {
        assertEquals(cause, assertInstanceOf(Rejected.class, reply).cause());
    }

    private VotingStatus votingStatusInPong() {
        return assertInstanceOf(Pong.class, ask(new Ping())).votingStatus();
    }

    private static Request store(Record record) {
        return new Message.StoreRequest(KEY, record);
    }

    private Reply ask(Request request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        runAll();
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private void start() throws IOException {
        DataDirectory directory = DataDirectory.open(disk);
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        right = VotingRight.of(directory);
        Optional<Store> store =
                right.votingStatus() == VotingStatus.DAMAGED ? Optional.empty() : Optional.of(open(directory));
        replica = new Replica(
                clock,
                right,
                new InspectHandler(store, clock, right, new ProcessGauges()),
                store.map(registers -> handlers(registers, clock)));
    }

    private Replica.Registers handlers(Store registers, HybridClock clock) {
        KeyStates states = new KeyStates(registers, right, tasks::add);
        return new Replica.Registers(
                new QueryHandler(states),
                new StoreHandler(
                        states, right, clock, tasks::add, new Hints(registers, 3, HintOptions.DEFAULTS, clock)),
                ConsensusHandlers.of(states, clock),
                new ScanHandler(states, tasks::add),
                HandoffHandlers.of(states, tasks::add, new Hints(registers, 3, HintOptions.DEFAULTS, clock)));
    }

    private Store open(DataDirectory directory) throws IOException {
        return Store.open(
                directory,
                StoreOptions.DEFAULTS.withBallastBytes(0),
                new StoreThreads(
                        tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE),
                failure -> right.lose((CorruptException) failure));
    }

    private void wipe() throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Wipe.run(directory, IdentityFile.claim(directory, CLUSTER, NODE).incarnation());
        }
    }

    private void kill() {
        runAll();
        disk.killProcess();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }
}
