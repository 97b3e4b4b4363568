package io.quorate.node.replica.age;

import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import java.io.IOException;
import java.util.List;

/** What the replica of a checkpoint knew of forgetting, or several of them together. Immutable. */
public final class CheckpointAges {
    private final AgeNumbers numbers;
    private final long raises;

    private CheckpointAges(AgeNumbers numbers, long raises) {
        this.numbers = numbers;
        this.raises = raises;
    }

    public static CheckpointAges of(CheckpointReader checkpoint) throws IOException {
        Record numbers = checkpoint.get(Keyspace.META, Ages.NUMBERS_KEY);
        Record floors = checkpoint.get(Keyspace.META, Ages.FLOORS_KEY);
        return new CheckpointAges(
                AgeNumbers.read(numbers, floors),
                Math.max(numbers.version().timestamp(), floors.version().timestamp()));
    }

    /** As {@link Ages#age}. */
    public long age() {
        return numbers.age();
    }

    /** As {@link Ages#floorOf}. */
    public long floorOf(Key key) {
        return numbers.floor(Slots.of(key));
    }

    /** The higher one of each number. */
    public CheckpointAges max(CheckpointAges other) {
        return new CheckpointAges(numbers.max(other.numbers), Math.max(raises, other.raises));
    }

    /** Makes them the numbers of a replica that has any of these checkpoints. */
    public List<Write> writes() {
        return Ages.writes(numbers, new Version(raises + 1, 0, 0, 0), true);
    }
}
