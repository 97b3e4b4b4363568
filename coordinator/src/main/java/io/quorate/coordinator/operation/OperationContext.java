package io.quorate.coordinator.operation;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;

/**
 * The coordinator of an operation, and the replicas of its key.
 *
 * @param replicas the replicas, always in the same order
 * @param preference indices into {@code replicas}, in the order in which to ask them
 */
public record OperationContext(
        RoundContext roundContext,
        NodeId coordinator,
        List<ReplicaClient> replicas,
        int[] preference,
        QuorumSizes sizes) {}
