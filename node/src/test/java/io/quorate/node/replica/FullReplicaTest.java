package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Query.Purpose;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.StoreStatus;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers of a replica while its disk is full. */
class FullReplicaTest {
    private static final Key HELD = Key.of("held");
    private static final Key OTHER = Key.of("other");
    private static final Record RECORD = new Record(new Version(5, 1, 1, 0), Value.of("v".repeat(1_000)));

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private Replica replica;
    private Store store;

    @BeforeEach
    void aReplicaThatHoldsARecordAndHasNoRoomForAnother() throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.faults().roomBytes(4 << 20);
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        StoreThreads threads = new StoreThreads(
                tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
        store = Store.open(directory, StoreOptions.DEFAULTS, threads, failure -> {
            throw failure;
        });
        HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
        Hints hints = new Hints(store, 3, HintOptions.DEFAULTS, clock);
        VotingRight right = VotingRight.of(directory);
        KeyStates states = new KeyStates(store, right, tasks::add);
        replica = new Replica(
                clock,
                right,
                new InspectHandler(Optional.of(store), clock, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(states, right, clock, tasks::add, hints),
                        ConsensusHandlers.of(states, clock),
                        new ScanHandler(states, tasks::add),
                        HandoffHandlers.of(states, tasks::add, hints))));
        assertEquals(new Stored(), ask(new Message.StoreRequest(HELD, RECORD)));
        disk.plant("filler", new byte[(int) disk.usableBytes()]);
        Reply reply = new Stored();
        for (int i = 0; i < 2_000 && reply instanceof Stored; i++) {
            reply = ask(new Message.StoreRequest(OTHER, new Record(new Version(6 + i, 1, 1, 0), RECORD.content())));
        }
        assertEquals(Rejected.RejectionCause.DISK_FULL, causeOf(reply));
    }

    private Reply ask(Message.Request request) {
        List<Reply> replies = new ArrayList<>();
        replica.handle(request, replies::add);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private static Rejected.RejectionCause causeOf(Reply reply) {
        return assertInstanceOf(Rejected.class, reply).cause();
    }

    private static Query query(Purpose purpose) {
        return new Query(HELD, false, purpose);
    }

    @Test
    void itRejectsTheQueryThatPreparesAValueAndAnswersThoseOfReadsAndDeletes() {
        assertEquals(Rejected.RejectionCause.DISK_FULL, causeOf(ask(query(Purpose.PUT))));
        assertEquals(VersionReply.of(RECORD, Optional.empty()), ask(query(Purpose.READ)));
        assertEquals(VersionReply.of(RECORD, Optional.empty()), ask(query(Purpose.DELETE)));
    }

    @Test
    void itTellsThatItsDiskIsFull() {
        ReplicaStatus condition = assertInstanceOf(ReplicaStatus.class, ask(new Message.Inspect()));
        assertEquals(Optional.of(DiskSpace.DELETES_ONLY), condition.store().map(StoreStatus::diskSpace));
    }

    @Test
    void itStoresADelete() {
        assertEquals(
                new Stored(),
                ask(new Message.StoreRequest(HELD, new Record(new Version(1_000_000, 1, 1, 0), Tombstone.TOMBSTONE))));
    }

    @Test
    void itAcknowledgesWhatItHoldsAlreadyAndRejectsWhatIsNewer() {
        assertEquals(new Stored(), ask(new Message.StoreRequest(HELD, RECORD)));
        Record newer = new Record(new Version(1_000_000, 1, 1, 0), RECORD.content());
        assertEquals(Rejected.RejectionCause.DISK_FULL, causeOf(ask(new Message.StoreRequest(HELD, newer))));
    }

    @Test
    void itNotesWhoMissedWhatItHoldsAlready() {
        assertEquals(new Stored(), ask(new Message.StoreRequest(HELD, RECORD).withMissed(1 << 2)));
        assertNotEquals(Record.NEVER_WRITTEN, store.get(Keyspace.HINTS, Key.of("\0\2held")));
    }
}
