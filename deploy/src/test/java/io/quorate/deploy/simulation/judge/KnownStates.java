package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How far each replica is known to be with each key, by its answers and by looking into its store. */
final class KnownStates {
    private final Map<Copy, ReplicaState> known = new HashMap<>();
    private final Map<Copy, ReplicaState> lost = new HashMap<>();
    private final Set<Integer> forgetful = new HashSet<>();
    private final Set<Key> keys = new LinkedHashSet<>();

    ReplicaState of(Copy copy) {
        return known.getOrDefault(copy, ReplicaState.NOTHING);
    }

    /** Of a replica, by key. */
    Map<Key, Version> registers(int node) {
        Map<Key, Version> registers = new LinkedHashMap<>();
        keys.forEach(key -> registers.put(key, of(new Copy(node, key)).register()));
        return registers;
    }

    void add(Copy copy, ReplicaState state) {
        keys.add(copy.key());
        known.merge(copy, state, ReplicaState::max);
    }

    /**
     * How many replicas have this version in their register, or a newer one. Of a replica that lost its disk counts
     * what it had before: an operation may have counted its answer before that. Its later writes do not count.
     */
    int holders(Key key, Version version) {
        return count(lost, key, version) + count(known, key, version);
    }

    private int count(Map<Copy, ReplicaState> copies, Key key, Version version) {
        return (int) copies.entrySet().stream()
                .filter(each -> each.getKey().key().equals(key)
                        && (copies == lost || !forgetful.contains(each.getKey().node()))
                        && !version.isAfter(each.getValue().register()))
                .count();
    }

    /** Every key that any replica was asked about. */
    Set<Key> keys() {
        return keys;
    }

    /** The replica lost its disk, and its vote with it. */
    void forget(int node) {
        boolean isFirst = forgetful.add(node);
        known.keySet().stream().filter(copy -> copy.node() == node).toList().forEach(copy -> {
            ReplicaState state = known.remove(copy);
            if (isFirst) {
                lost.put(copy, state);
            }
        });
    }
}
