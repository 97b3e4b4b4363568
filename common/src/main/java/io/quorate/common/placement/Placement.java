package io.quorate.common.placement;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import java.util.List;

/**
 * The nodes that hold a key. Today every member holds every key, so each key has as many replicas as the cluster has
 * nodes. Callers still ask for each key.
 */
public final class Placement {
    public static final int MEMBERS_MAX = 7;

    private final List<NodeId> members;

    /** @throws IllegalArgumentException if there is no member, more than {@value #MEMBERS_MAX}, or one twice */
    public Placement(List<NodeId> members) {
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new IllegalArgumentException(
                    "a cluster has 1 to " + MEMBERS_MAX + " members, this one has " + members.size());
        }
        if (members.stream().distinct().count() != members.size()) {
            throw new IllegalArgumentException("a member is named twice: " + members);
        }
        this.members = List.copyOf(members);
    }

    /** The replicas of a key, always in the same order. */
    public List<NodeId> replicasOf(Key key) {
        return members;
    }

    public List<NodeId> members() {
        return members;
    }
}
