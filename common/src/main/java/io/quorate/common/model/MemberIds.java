package io.quorate.common.model;

import java.util.List;

/**
 * The replicas of a cluster by name, as one process is configured. Two lists with the same names are equal, in whatever
 * order the configuration gives them.
 *
 * @param ids in the order of their names
 */
public record MemberIds(List<NodeId> ids) {
    public MemberIds {
        ids = ids.stream().sorted().distinct().toList();
    }

    public boolean contains(NodeId id) {
        return ids.contains(id);
    }

    @Override
    public String toString() {
        return ids.toString();
    }
}
