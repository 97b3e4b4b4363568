package io.quorate.coordinator;

import io.quorate.common.memory.MemoryBudget;
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
 * @param memory is charged for what operations hold
 */
public record CoordinatorParts(
        NodeId id,
        ClusterMembers members,
        TimeSources time,
        RandomGenerator random,
        AdmissionLimits limits,
        RepairCounts repairs,
        OperationObserver observer,
        MemoryBudget memory) {
    /** With the usual limits. */
    public CoordinatorParts(
            NodeId id,
            ClusterMembers members,
            TimeSources time,
            RandomGenerator random,
            RepairCounts repairs,
            OperationObserver observer) {
        this(id, members, time, random, AdmissionLimits.DEFAULTS, repairs, observer, MemoryBudget.unlimited());
    }

    /** A coordinator of its own repairs, which is not observed. */
    public CoordinatorParts(NodeId id, ClusterMembers members, TimeSources time, RandomGenerator random) {
        this(id, members, time, random, new RepairCounts(), OperationObserver.NONE);
    }

    public CoordinatorParts withRepairs(RepairCounts counts) {
        return new CoordinatorParts(id, members, time, random, limits, counts, observer, memory);
    }

    public CoordinatorParts withLimits(AdmissionLimits newLimits) {
        return new CoordinatorParts(id, members, time, random, newLimits, repairs, observer, memory);
    }

    public CoordinatorParts withObserver(OperationObserver newObserver) {
        return new CoordinatorParts(id, members, time, random, limits, repairs, newObserver, memory);
    }

    public CoordinatorParts withMemory(MemoryBudget budget) {
        return new CoordinatorParts(id, members, time, random, limits, repairs, observer, budget);
    }
}
