package io.quorate.node.replica.age;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import java.util.Arrays;
import java.util.List;

/**
 * What a replica knows of forgetting. Immutable.
 *
 * <pre>
 * numbers := age varint | fence u64 | ballot floor ballot
 * floors  := floor u64, 256 times, in the order of the slots
 * </pre>
 */
final class AgeNumbers {
    static final AgeNumbers NONE = new AgeNumbers(0, 0, Ballot.ZERO, new long[Slots.COUNT]);

    private final long age;
    private final long fence;
    private final Ballot ballotFloor;
    private final long[] floors;

    private AgeNumbers(long age, long fence, Ballot ballotFloor, long[] floors) {
        this.age = age;
        this.fence = fence;
        this.ballotFloor = ballotFloor;
        this.floors = floors;
    }

    long age() {
        return age;
    }

    long fence() {
        return fence;
    }

    Ballot ballotFloor() {
        return ballotFloor;
    }

    long floor(int slot) {
        return floors[slot];
    }

    long highestFloor() {
        return Arrays.stream(floors).max().orElse(0);
    }

    AgeNumbers withAge(long least) {
        return new AgeNumbers(Math.max(age, least), fence, ballotFloor, floors);
    }

    AgeNumbers withFence(long least) {
        return new AgeNumbers(age, Math.max(fence, least), ballotFloor, floors);
    }

    AgeNumbers withBallotFloor(Ballot least) {
        return new AgeNumbers(age, fence, Ballot.max(ballotFloor, least), floors);
    }

    AgeNumbers withFloor(long least, SlotSet slots) {
        long[] raised = floors.clone();
        slots.stream().forEach(slot -> raised[slot] = Math.max(raised[slot], least));
        return new AgeNumbers(age, fence, ballotFloor, raised);
    }

    AgeNumbers withFloors(List<DeletedKey> keys) {
        long[] raised = floors.clone();
        for (DeletedKey each : keys) {
            int slot = Slots.of(each.key());
            raised[slot] = Math.max(raised[slot], each.floor());
        }
        return new AgeNumbers(age, fence, ballotFloor, raised);
    }

    /** The higher one of each number. */
    AgeNumbers max(AgeNumbers other) {
        long[] highest = floors.clone();
        for (int slot = 0; slot < highest.length; slot++) {
            highest[slot] = Math.max(highest[slot], other.floors[slot]);
        }
        return new AgeNumbers(
                Math.max(age, other.age),
                Math.max(fence, other.fence),
                Ballot.max(ballotFloor, other.ballotFloor),
                highest);
    }

    boolean isAtLeast(AgeNumbers other) {
        return age >= other.age
                && fence >= other.fence
                && !other.ballotFloor.isAfter(ballotFloor)
                && hasFloorsOf(other);
    }

    boolean hasFloorsOf(AgeNumbers other) {
        for (int slot = 0; slot < floors.length; slot++) {
            if (floors[slot] < other.floors[slot]) {
                return false;
            }
        }
        return true;
    }

    byte[] encodedNumbers() {
        BytesWriter out = new BytesWriter(64);
        out.writeVarint(age);
        out.writeLong(fence);
        RecordCodec.writeBallot(out, ballotFloor);
        return out.toByteArray();
    }

    byte[] encodedFloors() {
        BytesWriter out = new BytesWriter(Long.BYTES * floors.length);
        Arrays.stream(floors).forEach(out::writeLong);
        return out.toByteArray();
    }

    /** @param floors may be without a value, as may {@code numbers} */
    static AgeNumbers read(Record numbers, Record floors) {
        AgeNumbers read = NONE;
        if (numbers.content() instanceof Value value) {
            BytesReader in = new BytesReader(value.bytes());
            read = new AgeNumbers(in.readVarint(), in.readLong(), RecordCodec.readBallot(in), NONE.floors);
        }
        return floors.content() instanceof Value value ? read.readFloors(new BytesReader(value.bytes())) : read;
    }

    private AgeNumbers readFloors(BytesReader in) {
        long[] read = new long[floors.length];
        for (int slot = 0; slot < read.length; slot++) {
            read[slot] = in.readLong();
        }
        return new AgeNumbers(age, fence, ballotFloor, read);
    }
}
