package io.quorate.node.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.SystemClock;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Unattended;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.state.AcceptorState;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A node is made of a checkpoint that is older than those of the other nodes. */
class RestoreTest {
    private static final ClusterId OLD = new ClusterId("old");
    private static final ClusterId NEW = new ClusterId("new");
    private static final NodeId NODE = new NodeId("n3");
    private static final Key KEY = Key.of("key");
    private static final long FLOOR = 1_000;
    private static final Version BELOW = new Version(20, 1, 1, 0);
    private static final Version ABOVE = new Version(FLOOR + 1, 1, 1, 0);
    private static final Ballot BALLOT = new Ballot(30, 1, 1);

    private final SeededThreads threads = new SeededThreads(new Random(1));
    private int nodes;

    private interface Work {
        void run(Store store);
    }

    /** The checkpoint of another node each time, with what was done to it. */
    private Disk checkpoint(ClusterId cluster, Work work) throws IOException {
        CrashDisk disk = new CrashDisk();
        CrashDisk checkpoint = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
            IdentityFile.create(directory, cluster, new NodeId("n" + ++nodes));
        }
        within(disk, store -> {
            work.run(store);
            threads.runAll();
            try {
                NodeCheckpoint.write(store, disk, checkpoint);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return checkpoint;
    }

    private void within(Disk disk, Work work) throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Store store = Store.open(directory, StoreOptions.DEFAULTS, threads.forStore(), failure -> {
                throw failure;
            });
            threads.runAll();
            work.run(store);
            store.shutdown(() -> {});
            threads.runAll();
        }
    }

    /** A replica that took part in a round in which the key was forgotten. A merge has dropped the last trace of it. */
    private Disk newer() throws IOException {
        return checkpoint(OLD, RestoreTest::forgetInARound);
    }

    private static void forgetInARound(Store store) {
        Ages ages = new Ages(store);
        ages.apply(ages.raiseFence(FLOOR, 0), Unattended.INSTANCE);
        DeletedKey forgotten = new DeletedKey(KEY, BELOW.nextStep(), FLOOR);
        ages.apply(ages.raiseForRound(7, BALLOT, List.of(forgotten)), Unattended.INSTANCE);
    }

    private static void put(Store store, Keyspace keyspace, Record record) {
        store.write(List.of(new Write(keyspace, KEY, record)), Unattended.INSTANCE);
    }

    private static Record value(Version version) {
        return new Record(version, Value.of("value"));
    }

    private static AcceptorState accepted() {
        return AcceptorState.of(Record.NEVER_WRITTEN).accept(new Proposal(BALLOT, value(BELOW)));
    }

    private void restored(Disk older, List<Disk> others, long forgotten, Work work) throws IOException {
        CrashDisk target = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(target)) {
            RestoredNode restored = NodeCheckpoint.restore(older, others, directory, NEW, NODE);
            assertEquals(NEW, restored.identity().cluster());
            assertEquals(forgotten, restored.forgotten());
        }
        within(target, work);
    }

    @Test
    void whatIsForgottenAndNotMergedAwayYetCountsAsAbsent() throws IOException {
        Disk older = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        Disk newer = checkpoint(OLD, store -> {
            forgetInARound(store);
            put(store, Keyspace.DATA, value(BELOW.nextStep()).forgotten(7));
        });
        restored(older, List.of(newer), 1, store -> assertTrue(store.get(KEY).isTombstone()));
    }

    @Test
    void aDeleteThatOthersForgotDoesNotComeBack() throws IOException {
        Disk older = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        restored(older, List.of(newer()), 1, store -> {
            assertTrue(store.get(KEY).isTombstone(), () -> store.get(KEY).toString());
            Ages ages = new Ages(store);
            assertEquals(7, ages.age(), "its replies count as later than the round");
            assertEquals(FLOOR, ages.floorOf(KEY));
            assertEquals(FLOOR, ages.fence());
            assertEquals(BALLOT, ages.ballotFloor());
        });
    }

    @Test
    void aProposalOfTheDeletedLifeDoesNotComeBackEither() throws IOException {
        Disk older = checkpoint(
                OLD, store -> put(store, Keyspace.CONSENSUS, accepted().toRecord()));
        restored(
                older,
                List.of(newer()),
                1,
                store -> assertTrue(
                        AcceptorState.of(store.get(Keyspace.CONSENSUS, KEY)).isEmpty()));
    }

    @Test
    void theNextLifeOfTheKeyStays() throws IOException {
        Disk older = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(ABOVE)));
        restored(older, List.of(newer()), 0, store -> assertEquals(value(ABOVE), store.get(KEY)));
    }

    @Test
    void aKeyThatTheOthersHaveStays() throws IOException {
        Disk older = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        Disk newer = checkpoint(OLD, store -> {
            Ages ages = new Ages(store);
            ages.apply(ages.raiseFence(FLOOR, 7), Unattended.INSTANCE);
            ages.apply(ages.raiseFloor(FLOOR, SlotSet.ALL), Unattended.INSTANCE);
            put(store, Keyspace.DATA, value(BELOW));
        });
        restored(older, List.of(newer), 0, store -> assertEquals(value(BELOW), store.get(KEY)));
    }

    /**
     * A conditional create has the instant of an earlier floor. The last replica missed it, and then got a later one.
     */
    @Test
    void aWriteThatMostHaveStaysThoughALaterCheckpointLacksIt() throws IOException {
        Disk first = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        Disk second = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        restored(first, List.of(second, newer()), 0, store -> assertEquals(value(BELOW), store.get(KEY)));
    }

    @Test
    void aProposalThatAnotherOneAcceptedCountsAsHeld() throws IOException {
        Disk first = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        Disk second = checkpoint(
                OLD, store -> put(store, Keyspace.CONSENSUS, accepted().toRecord()));
        restored(first, List.of(second, newer()), 0, store -> assertEquals(value(BELOW), store.get(KEY)));
        restored(
                second,
                List.of(first, newer()),
                0,
                store -> assertEquals(accepted(), AcceptorState.of(store.get(Keyspace.CONSENSUS, KEY))));
    }

    /** It knew of all rounds when it still had the value. So none of them was about it. */
    @Test
    void aKeyThatWasThereInTheSameRoundStays() throws IOException {
        Disk own = checkpoint(OLD, store -> {
            Ages ages = new Ages(store);
            ages.apply(ages.raiseAge(7), Unattended.INSTANCE);
            put(store, Keyspace.DATA, value(BELOW));
        });
        restored(own, List.of(newer()), 0, store -> assertEquals(value(BELOW), store.get(KEY)));
    }

    @Test
    void aKeyThatTheOtherNeverHadStays() throws IOException {
        Disk older = checkpoint(OLD, store -> put(store, Keyspace.DATA, value(BELOW)));
        Disk behind = checkpoint(OLD, store -> {});
        restored(older, List.of(behind), 0, store -> assertEquals(value(BELOW), store.get(KEY)));
    }

    /**
     * It would go on with a pass of the old cluster, and its members would call slots verified that they never
     * compared.
     */
    @Test
    void noPassOfTheOldClusterGoesOn() throws IOException {
        Disk checkpoint = checkpoint(OLD, store -> {
            PassMemory memory = new PassMemory(store, SystemClock.INSTANCE);
            memory.ended(PassProgress.begin(5, 100, FLOOR).complete(SlotSet.NONE));
            threads.runAll();
            assertEquals(
                    5,
                    new PassMemory(store, SystemClock.INSTANCE)
                            .shown()
                            .progress()
                            .number());
        });
        restored(checkpoint, List.of(), 0, store -> {
            PassMemory.Shown shown = new PassMemory(store, SystemClock.INSTANCE).shown();
            assertEquals(PassProgress.NONE, shown.progress());
            assertEquals(0, shown.verifiedMs().max().orElseThrow());
        });
    }

    @Test
    void aCheckpointOfAnotherClusterIsRefused() throws IOException {
        Disk own = checkpoint(OLD, store -> {});
        Disk foreign = checkpoint(new ClusterId("foreign"), store -> {});
        CrashDisk target = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(target)) {
            CannotOpenException e = assertThrows(
                    CannotOpenException.class,
                    () -> NodeCheckpoint.restore(own, List.of(foreign), directory, NEW, NODE));
            assertTrue(e.getMessage().contains("Name checkpoints of one cluster"), e::getMessage);
        }
    }

    /** Otherwise a copy of a name would hide that another checkpoint is missing. */
    @Test
    void twoCheckpointsOfOneNodeAreRefused() throws IOException {
        Disk own = checkpoint(OLD, store -> {});
        Disk other = checkpoint(OLD, store -> {});
        for (List<Disk> others : List.of(List.of(own), List.of(other, other))) {
            CrashDisk target = new CrashDisk();
            try (DataDirectory directory = DataDirectory.create(target)) {
                CannotOpenException e = assertThrows(
                        CannotOpenException.class, () -> NodeCheckpoint.restore(own, others, directory, NEW, NODE));
                assertTrue(e.getMessage().contains("Name one of each other node"), e::getMessage);
            }
        }
    }
}
