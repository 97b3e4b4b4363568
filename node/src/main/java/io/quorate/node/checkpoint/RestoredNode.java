package io.quorate.node.checkpoint;

import io.quorate.common.model.NodeId;
import io.quorate.node.identity.NodeIdentity;
import java.util.List;

/**
 * A node that was made from a checkpoint.
 *
 * @param comparedWith the nodes of the other checkpoints
 * @param forgotten how many entries of the checkpoint it does not have, since other nodes had forgotten them
 */
public record RestoredNode(NodeIdentity identity, List<NodeId> comparedWith, long forgotten) {}
