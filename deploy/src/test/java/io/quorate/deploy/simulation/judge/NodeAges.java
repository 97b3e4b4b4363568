package io.quorate.deploy.simulation.judge;

import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Ballot;
import io.quorate.node.replica.age.Ages;

/** The numbers of forgetting of one replica, which only ever go up. Immutable. */
public final class NodeAges {
    public static final NodeAges NONE = new NodeAges(0, 0, Ballot.ZERO, new long[Slots.COUNT]);

    private final long age;
    private final long fence;
    private final Ballot ballotFloor;
    private final long[] floors;

    private NodeAges(long age, long fence, Ballot ballotFloor, long[] floors) {
        this.age = age;
        this.fence = fence;
        this.ballotFloor = ballotFloor;
        this.floors = floors;
    }

    public static NodeAges of(Ages ages) {
        long[] floors = new long[Slots.COUNT];
        for (int slot = 0; slot < floors.length; slot++) {
            floors[slot] = ages.floor(slot);
        }
        return new NodeAges(ages.age(), ages.fence(), ages.ballotFloor(), floors);
    }

    /** Whether these are the numbers that a replica shows. */
    public boolean isOf(Ages ages) {
        if (ages.age() != age || ages.fence() != fence || !ages.ballotFloor().equals(ballotFloor)) {
            return false;
        }
        for (int slot = 0; slot < floors.length; slot++) {
            if (ages.floor(slot) != floors[slot]) {
                return false;
            }
        }
        return true;
    }

    public long fence() {
        return fence;
    }

    Ballot ballotFloor() {
        return ballotFloor;
    }

    /** Whether nothing was ever raised. */
    boolean isNone() {
        return NONE.isAtLeast(this);
    }

    boolean isAtLeast(NodeAges other) {
        return age >= other.age
                && fence >= other.fence
                && !other.ballotFloor.isAfter(ballotFloor)
                && hasFloorsOf(other);
    }

    private boolean hasFloorsOf(NodeAges other) {
        for (int slot = 0; slot < floors.length; slot++) {
            if (floors[slot] < other.floors[slot]) {
                return false;
            }
        }
        return true;
    }

    long highestFloor() {
        long highest = 0;
        for (long floor : floors) {
            highest = Math.max(highest, floor);
        }
        return highest;
    }

    @Override
    public String toString() {
        return "age " + age + ", fence " + fence + ", floor " + highestFloor() + ", ballots above " + ballotFloor;
    }
}
