package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How far each replica is known to be with each key, by its answers and by looking into its store. */
final class KnownStates {
    private final Map<Copy, ReplicaState> known = new HashMap<>();
    private final Set<Integer> forgetful = new HashSet<>();
    private final Set<Key> keys = new LinkedHashSet<>();

    ReplicaState of(Copy copy) {
        return known.getOrDefault(copy, ReplicaState.NOTHING);
    }

    void add(Copy copy, ReplicaState state) {
        keys.add(copy.key());
        known.merge(copy, state, ReplicaState::max);
    }

    /** How many replicas with a vote have this version in their register, or a newer one. */
    int holders(Key key, Version version) {
        return (int) known.entrySet().stream()
                .filter(each -> each.getKey().key().equals(key)
                        && !forgetful.contains(each.getKey().node())
                        && !version.isAfter(each.getValue().register()))
                .count();
    }

    /** Every key that any replica was asked about. */
    Set<Key> keys() {
        return keys;
    }

    /** The replica lost its disk, and its vote with it. */
    void forget(int node) {
        forgetful.add(node);
        known.keySet().removeIf(copy -> copy.node() == node);
    }
}
