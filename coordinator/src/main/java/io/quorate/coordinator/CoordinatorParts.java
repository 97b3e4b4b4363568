package io.quorate.coordinator;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.replica.RepairCounts;
import java.util.random.RandomGenerator;

/**
 * The parts of a coordinator.
 *
 * @param id the process that coordinates, for evidence
 * @param random draws the session of this coordinator's versions, so it must never give the same bits twice
 * @param repairs counts the replicas that reads repair
 * @param observer receives every operation that ended
 */
public record CoordinatorParts(
        NodeId id,
        ClusterMembers members,
        TimeSources time,
        RandomGenerator random,
        RepairCounts repairs,
        OperationObserver observer) {
    /** A coordinator of its own repairs, which is not observed. */
    public CoordinatorParts(NodeId id, ClusterMembers members, TimeSources time, RandomGenerator random) {
        this(id, members, time, random, new RepairCounts(), OperationObserver.NONE);
    }

    public CoordinatorParts withRepairs(RepairCounts counts) {
        return new CoordinatorParts(id, members, time, random, counts, observer);
    }

    public CoordinatorParts withObserver(OperationObserver newObserver) {
        return new CoordinatorParts(id, members, time, random, repairs, newObserver);
    }
}
