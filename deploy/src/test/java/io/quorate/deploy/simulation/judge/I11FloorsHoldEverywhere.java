package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.HashSet;
import java.util.Set;

/**
 * I11: a floor is at or below the fence, at every replica. Of a tombstone that any replica has forgotten, every other
 * one has it, or a newer record, or has forgotten it.
 */
final class I11FloorsHoldEverywhere extends Invariant {
    private final int nodes;
    private final KnownStates known;
    private final ForgottenKeys forgotten;
    private final Set<Integer> wiped = new HashSet<>();

    I11FloorsHoldEverywhere(Violations violations, int nodes, KnownStates known, ForgottenKeys forgotten) {
        super(11, violations);
        this.nodes = nodes;
        this.known = known;
        this.forgotten = forgotten;
    }

    /** The replica has these numbers, durably. */
    void has(int node, NodeAges now) {
        long highestFloor = now.highestFloor();
        if (highestFloor > now.fence()) {
            violated("node " + node + " has a floor above its fence: " + now);
        }
        for (int other = 0; other < nodes; other++) {
            boolean isBehind = forgotten.of(other).fence() < highestFloor;
            if (isBehind && !wiped.contains(other) && !forgotten.of(other).isNone()) {
                violated("node " + node + " has a floor, and node " + other + " no such fence: " + now + "; "
                        + forgotten.of(other));
            }
        }
    }

    /** A replica has forgotten the tombstone, and it is the first one. */
    void forgot(int node, Key key, Version tombstone) {
        for (int other = 0; other < nodes; other++) {
            Version held = known.of(new Copy(other, key)).register();
            if (!wiped.contains(other) && tombstone.isAfter(held)) {
                violated("node " + node + " has forgotten " + key + " at " + tombstone + ", and node " + other
                        + " holds only " + held);
            }
        }
    }

    /** The replica lost its disk. */
    void wiped(int node) {
        wiped.add(node);
    }
}
