package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.quorum.QuorumSizes;
import java.util.List;

/**
 * One key with who coordinates and who replicates it.
 *
 * @param replicas the key's replicas, always in the same order
 * @param preference indices into {@code replicas}, whom to ask first
 */
record Assignment(
        Surroundings surroundings,
        NodeId coordinator,
        Key key,
        List<Replica> replicas,
        int[] preference,
        QuorumSizes sizes) {}
