package io.quorate.node.checkpoint;

import io.quorate.node.identity.NodeIdentity;

/**
 * A node that was made from a checkpoint.
 *
 * @param forgotten how many entries of the checkpoint it does not have, since other nodes had forgotten them
 */
public record RestoredNode(NodeIdentity identity, long forgotten) {}
