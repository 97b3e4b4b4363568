package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.Map;

/** What replicas were asked to forget, and did forget. So a judge knows which absence is right. */
final class ForgottenKeys {
    private final Map<Key, Version> asked = new HashMap<>();
    private final Map<Key, Version> forgotten = new HashMap<>();
    private final Map<Integer, NodeAges> ages = new HashMap<>();

    /** From now on, a replica may forget this tombstone. */
    void asked(Key key, Version version) {
        asked.merge(key, version, Version::max);
    }

    /** A replica has forgotten it. Returns whether it is the first one. */
    boolean forgot(Key key, Version version) {
        Version before = forgotten.getOrDefault(key, Version.ZERO);
        forgotten.put(key, Version.max(before, version));
        return version.isAfter(before);
    }

    /** The highest tombstone of the key that may be forgotten somewhere. */
    Version upTo(Key key) {
        return asked.getOrDefault(key, Version.ZERO);
    }

    /** Whether a version may be absent, since it is at or below a forgotten tombstone. */
    boolean mayBeAbsent(Key key, Version version) {
        return !version.isAfter(upTo(key));
    }

    /** Whether an acceptor that was this far may have no entry. */
    boolean mayBeEmpty(int node, Version acceptor) {
        Ballot promised = new Ballot(acceptor.timestamp(), acceptor.session(), acceptor.counter());
        return !promised.isAfter(of(node).ballotFloor());
    }

    /** Whether a replica that was once further than now has only forgotten. */
    boolean explains(Copy copy, ReplicaState now, ReplicaState before) {
        boolean hasRegister = !before.register().isAfter(now.register())
                || now.register().equals(Version.ZERO) && mayBeAbsent(copy.key(), before.register());
        boolean hasAcceptor = !before.acceptor().isAfter(now.acceptor())
                || now.acceptor().equals(Version.ZERO) && mayBeEmpty(copy.node(), before.acceptor());
        return hasRegister && hasAcceptor;
    }

    NodeAges of(int node) {
        return ages.getOrDefault(node, NodeAges.NONE);
    }

    void has(int node, NodeAges now) {
        ages.put(node, now);
    }

    /** The replica lost its disk. */
    void wiped(int node) {
        ages.remove(node);
    }
}
