package io.quorate.node.identity;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import java.util.Optional;

/**
 * The node and the cluster that a data directory belongs to, and the number of its last start.
 *
 * @param incarnation counts the starts of the node. No two starts have the same
 * @param disk of the directory. Empty for a checkpoint, and for a directory of format 1 before its next start
 */
public record NodeIdentity(ClusterId cluster, NodeId node, long incarnation, Optional<DiskId> disk) {
    /** The disk of a directory that a node has claimed. */
    public DiskId claimedDisk() {
        return disk.orElseThrow();
    }

    public String describe() {
        return "node " + node + " of cluster " + cluster;
    }

    /** The same, with the disk and the number of the last start. */
    public String describeAll() {
        return describe() + ", incarnation " + incarnation
                + disk.map(own -> ", disk " + own).orElse(", without a disk yet: it gets one at its next start");
    }
}
