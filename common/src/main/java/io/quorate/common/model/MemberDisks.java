package io.quorate.common.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The disk of each of some members of a cluster.
 *
 * @param byMember in the order of names. Immutable
 */
public record MemberDisks(SortedMap<NodeId, DiskId> byMember) {
    public static final MemberDisks NONE = new MemberDisks(new TreeMap<>());

    public MemberDisks {
        byMember = Collections.unmodifiableSortedMap(new TreeMap<>(byMember));
    }

    public static MemberDisks of(Map<NodeId, DiskId> disks) {
        return new MemberDisks(new TreeMap<>(disks));
    }

    public MemberDisks with(NodeId member, DiskId disk) {
        SortedMap<NodeId, DiskId> more = new TreeMap<>(byMember);
        more.put(member, disk);
        return new MemberDisks(more);
    }

    public Optional<DiskId> diskOf(NodeId member) {
        return Optional.ofNullable(byMember.get(member));
    }

    public MemberIds members() {
        return new MemberIds(byMember.keySet().stream().toList());
    }

    @Override
    public String toString() {
        return byMember.toString();
    }
}
