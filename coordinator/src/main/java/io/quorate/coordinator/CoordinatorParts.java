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
 * @param limits of the operations in flight
 * @param repairs counts the replicas that reads repair
 * @param observer receives every operation that ended
 */
public record CoordinatorParts(
        NodeId id,
        ClusterMembers members,
        TimeSources time,
        RandomGenerator random,
        AdmissionLimits limits,
        RepairCounts repairs,
        OperationObserver observer) {
    /** With the usual limits. */
    public CoordinatorParts(
            NodeId id,
            ClusterMembers members,
            TimeSources time,
            RandomGenerator random,
            RepairCounts repairs,
            OperationObserver observer) {
        this(id, members, time, random, AdmissionLimits.DEFAULTS, repairs, observer);
    }

    /** A coordinator of its own repairs, which is not observed. */
    public CoordinatorParts(NodeId id, ClusterMembers members, TimeSources time, RandomGenerator random) {
        this(id, members, time, random, new RepairCounts(), OperationObserver.NONE);
    }

    public CoordinatorParts withRepairs(RepairCounts counts) {
        return new CoordinatorParts(id, members, time, random, limits, counts, observer);
    }

    public CoordinatorParts withLimits(AdmissionLimits newLimits) {
        return new CoordinatorParts(id, members, time, random, newLimits, repairs, observer);
    }

    public CoordinatorParts withObserver(OperationObserver newObserver) {
        return new CoordinatorParts(id, members, time, random, limits, repairs, newObserver);
    }
}
