package io.quorate.node.replica.age;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.Unattended;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.format.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The numbers of this replica that forgetting needs. They are durable before anything shows them, and never fall (I5,
 * R5). The log thread alone changes what is shown, in the completion of the batch that has it. So a number changes
 * between two groups of the log, and never while a group is collected (R6). Any thread reads them.
 *
 * <p>A batch has all that was raised so far, also by batches before it. So their order does not matter, and neither
 * does a batch that is refused.
 *
 * <pre>
 * keyspace META, version := (number of the raise, 0, 0, 0)
 * forgetting := numbers
 * floors     := floors
 * </pre>
 */
public final class Ages {
    static final Key NUMBERS_KEY = Key.of("forgetting");
    static final Key FLOORS_KEY = Key.of("floors");

    private final Store store;

    // The log thread writes it, any thread reads it.
    private volatile AgeNumbers shown;

    // Under the lock of this object.
    private AgeNumbers wanted;
    private long raises;

    /** What a store holds of them. May block on the disk. */
    public Ages(Store store) {
        this.store = store;
        Record numbers = store.get(Keyspace.META, NUMBERS_KEY);
        Record floors = store.get(Keyspace.META, FLOORS_KEY);
        raises = Math.max(numbers.version().timestamp(), floors.version().timestamp());
        shown = AgeNumbers.read(numbers, floors);
        wanted = shown;
    }

    /** The number of the last round of forgetting that this replica knows of. */
    public long age() {
        return shown.age();
    }

    /** The instant up to which this replica takes no record from its writer any more, or 0. */
    public long fence() {
        return shown.fence();
    }

    /** What an acceptor without an entry has promised. */
    public Ballot ballotFloor() {
        return shown.ballotFloor();
    }

    /** The instant up to which all replicas agreed on every key of the slot, or 0. */
    public long floor(int slot) {
        return shown.floor(slot);
    }

    public long floorOf(Key key) {
        return shown == AgeNumbers.NONE ? 0 : shown.floor(Slots.of(key));
    }

    public long highestFloor() {
        return shown.highestFloor();
    }

    /** Numbers that are to be raised, as writes of a batch. */
    public final class Raise {
        private final AgeNumbers target;
        private final List<Write> writes;

        private Raise(AgeNumbers target, List<Write> writes) {
            this.target = target;
            this.writes = writes;
        }

        /** Empty if all is raised already. */
        public List<Write> writes() {
            return writes;
        }

        /** The batch with the writes is applied. On the log thread, before the next group is collected. */
        public void applied() {
            if (!writes.isEmpty()) {
                shown = shown.max(target);
            }
        }
    }

    public Raise raiseAge(long least) {
        return raise(numbers -> numbers.withAge(least));
    }

    public Raise raiseBallotFloor(Ballot least) {
        return raise(numbers -> numbers.withBallotFloor(least));
    }

    public Raise raiseFence(long fence, long age) {
        return raise(numbers -> numbers.withFence(fence).withAge(age));
    }

    /** @param floor at most {@link #fence} */
    public Raise raiseFloor(long floor, SlotSet slots) {
        return raise(numbers -> numbers.withFloor(floor, slots));
    }

    /**
     * Before a round forgets anything.
     *
     * @param keys with their floors, each at most {@link #fence}
     */
    public Raise raiseForRound(long round, Ballot promised, List<DeletedKey> keys) {
        return raise(numbers -> numbers.withAge(round).withBallotFloor(promised).withFloors(keys));
    }

    private synchronized Raise raise(UnaryOperator<AgeNumbers> change) {
        AgeNumbers next = change.apply(wanted);
        if (shown.isAtLeast(change.apply(shown))) {
            return new Raise(shown, List.of());
        }
        boolean floorsChange = !shown.hasFloorsOf(next);
        wanted = next;
        raises++;
        return new Raise(wanted, writes(wanted, new Version(raises, 0, 0, 0), floorsChange));
    }

    static List<Write> writes(AgeNumbers numbers, Version version, boolean withFloors) {
        List<Write> writes = new ArrayList<>(2);
        writes.add(write(NUMBERS_KEY, version, numbers.encodedNumbers()));
        if (withFloors) {
            writes.add(write(FLOORS_KEY, version, numbers.encodedFloors()));
        }
        return writes;
    }

    private static Write write(Key key, Version version, byte[] bytes) {
        Value value = Value.of(bytes, Value.DEFAULT_CONTENT_TYPE);
        return new Write(Keyspace.META, key, new Record(version, value));
    }

    /** Raises the age, and waits for nothing. If the store refuses it, whoever needs it asks again. */
    public void raiseAgeSoon(long least) {
        apply(raiseAge(least), Unattended.INSTANCE);
    }

    /** Raises these numbers now. They are durable and shown when {@code completion} hears that they are applied. */
    public void apply(Raise raise, Completion completion) {
        if (raise.writes().isEmpty()) {
            completion.applied();
            return;
        }
        store.write(raise.writes(), new Completion() {
            @Override
            public void applied() {
                raise.applied();
                completion.applied();
            }

            @Override
            public void refused(RefusedException why) {
                completion.refused(why);
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                completion.unknown(why);
            }
        });
    }
}
