package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.Map;

/** I5: the version of a replica's register and its promise never decrease, across crashes too. */
final class I5NothingGoesBack extends Invariant {
    private final KnownStates known;
    private final Map<Copy, Ballot> promised = new HashMap<>();

    private final ForgottenKeys forgotten;

    I5NothingGoesBack(Violations violations, KnownStates known, ForgottenKeys forgotten) {
        super(5, violations);
        this.forgotten = forgotten;
        this.known = known;
    }

    /** The register has this version, by an answer. */
    void shows(Copy copy, ReplicaState state) {
        if (known.of(copy).register().isAfter(state.register()) && !isForgotten(copy, state)) {
            violated(copy + " shows " + state.register() + " and was at " + known.of(copy));
        }
        known.add(copy, state);
    }

    /** The store holds this. */
    void holds(Copy copy, ReplicaState state) {
        if (!state.isAtLeast(known.of(copy)) && !isAtLeastApartFromForgotten(copy, state)) {
            violated(copy + " holds " + state + " and was at " + known.of(copy));
        }
        known.add(copy, state);
    }

    private boolean isForgotten(Copy copy, ReplicaState state) {
        return state.register().equals(Version.ZERO)
                && forgotten.mayBeAbsent(copy.key(), known.of(copy).register());
    }

    private boolean isAtLeastApartFromForgotten(Copy copy, ReplicaState state) {
        return forgotten.explains(copy, state, known.of(copy));
    }

    /** The numbers of a replica. */
    void has(int node, NodeAges now) {
        if (!now.isAtLeast(forgotten.of(node))) {
            violated("node " + node + " has " + now + " and had " + forgotten.of(node));
        }
        forgotten.has(node, now);
    }

    void promises(Copy copy, Ballot ballot) {
        Ballot before = promised.getOrDefault(copy, Ballot.ZERO);
        if (!ballot.isAfter(before)) {
            violated(copy + " promises " + ballot + " after " + before);
        }
        promised.put(copy, ballot);
        known.add(copy, ReplicaState.promised(ballot));
    }

    void votes(Copy copy, Ballot ballot) {
        Ballot before = promised.getOrDefault(copy, Ballot.ZERO);
        if (before.isAfter(ballot)) {
            violated(copy + " votes under " + ballot + " and has promised " + before);
        }
        promised.put(copy, ballot);
        known.add(copy, ReplicaState.voted(ballot));
    }

    /** The replica lost its disk, and its vote with it. */
    void forget(int node) {
        promised.keySet().removeIf(copy -> copy.node() == node);
        known.forget(node);
    }
}
