package io.quorate.deploy.simulation.judge;

import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Ballot;
import io.quorate.node.replica.age.Ages;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers of forgetting of one replica, which only ever go up. */
public record NodeAges(long age, long fence, Ballot ballotFloor, List<Long> floors) {
    static final NodeAges NONE = new NodeAges(
            0,
            0,
            Ballot.ZERO,
            IntStream.range(0, Slots.COUNT).mapToObj(slot -> 0L).toList());

    public static NodeAges of(Ages ages) {
        return new NodeAges(
                ages.age(),
                ages.fence(),
                ages.ballotFloor(),
                IntStream.range(0, Slots.COUNT).mapToObj(ages::floor).toList());
    }

    boolean isAtLeast(NodeAges other) {
        return age >= other.age
                && fence >= other.fence
                && !other.ballotFloor.isAfter(ballotFloor)
                && IntStream.range(0, floors.size()).allMatch(slot -> floors.get(slot) >= other.floors.get(slot));
    }

    long highestFloor() {
        return floors.stream().max(Long::compare).orElseThrow();
    }

    @Override
    public String toString() {
        return "age " + age + ", fence " + fence + ", floor " + highestFloor() + ", ballots above " + ballotFloor;
    }
}
