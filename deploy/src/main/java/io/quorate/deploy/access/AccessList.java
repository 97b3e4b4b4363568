package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.AccessRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All principals of a file, in its order. Immutable. */
record AccessList(List<AccessEntry> entries) {
    static final AccessList EMPTY = new AccessList(List.of());

    AccessList {
        entries = List.copyOf(entries);
    }

    Optional<AccessEntry> named(NodeId name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** In the place of the one with the same name, or at the end. */
    AccessList with(AccessEntry changed) {
        List<AccessEntry> all = new ArrayList<>(entries);
        int place = named(changed.name()).map(entries::indexOf).orElse(-1);
        if (place < 0) {
            all.add(changed);
        } else {
            all.set(place, changed);
        }
        return new AccessList(all);
    }

    AccessList without(NodeId name) {
        return new AccessList(
                entries.stream().filter(entry -> !entry.name().equals(name)).toList());
    }

    /** @throws IllegalArgumentException if two principals have one name or one token */
    AccessRules rules() {
        return new AccessRules(entries.stream().map(AccessEntry::rule).toList());
    }
}
