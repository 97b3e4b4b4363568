package io.quorate.common.link;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;

/**
 * A member came back with another disk than the one that this process knows, so it has forgotten what it acknowledged.
 * No quorum may count it (I16).
 */
public record OtherDisk(NodeId member, DiskId known, DiskId found) {
    /** For people: what is wrong, and what to do. */
    @Override
    public String toString() {
        return member + " " + withoutName();
    }

    /** The same, to follow the name of the member. */
    public String withoutName() {
        return "came back with another disk, " + found + " instead of " + known
                + ": it has forgotten what it acknowledged. Stop it, and start it with its old data directory. If that is"
                + " lost for good, leave it stopped: the others go on without it. A node cannot be replaced in place yet:"
                + " make checkpoints of the others, and a new cluster of those";
    }
}
