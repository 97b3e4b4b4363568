package io.quorate.node.identity;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;

/**
 * The node and the cluster that a data directory belongs to, and the number of its last start.
 *
 * @param incarnation counts the starts of the node. No two starts have the same
 */
public record NodeIdentity(ClusterId cluster, NodeId node, long incarnation) {
    public String describe() {
        return "node " + node + " of cluster " + cluster;
    }
}
