package io.quorate.coordinator.operation;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;

/**
 * Who coordinates an operation, and who replicates what it is about.
 *
 * @param replicas the replicas, always in the same order
 * @param preference indices into {@code replicas}, whom to ask first
 */
public record OperationContext(
        RoundContext roundContext,
        NodeId coordinator,
        List<ReplicaClient> replicas,
        int[] preference,
        QuorumSizes sizes) {}
