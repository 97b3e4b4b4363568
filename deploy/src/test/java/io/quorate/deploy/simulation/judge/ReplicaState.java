package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.format.Keyspace;
import java.util.Optional;

/**
 * How far a replica is with one key, in the two things that only ever go up.
 *
 * @param register the version of its register
 * @param acceptor the ballot of its last promise or vote, with step 1 or 2, as the keyspace {@code consensus} keeps it
 */
public record ReplicaState(Version register, Version acceptor) {
    static final ReplicaState NOTHING = new ReplicaState(Version.ZERO, Version.ZERO);

    /** The record in the store's memory, without a read of its disk. Empty if memory does not have it. */
    public static Optional<ReplicaState> inMemory(Store store, Key key) {
        Optional<Record> register = store.getFromMemory(Keyspace.DATA, key);
        Optional<Record> acceptor = register.flatMap(held -> store.getFromMemory(Keyspace.CONSENSUS, key));
        return acceptor.map(held -> new ReplicaState(register.get().version(), held.version()));
    }

    public static ReplicaState of(Store store, Key key) {
        return new ReplicaState(
                store.get(Keyspace.DATA, key).version(),
                store.get(Keyspace.CONSENSUS, key).version());
    }

    static ReplicaState of(Version register) {
        return new ReplicaState(register, Version.ZERO);
    }

    static ReplicaState promised(Ballot ballot) {
        return acceptor(ballot, 1);
    }

    static ReplicaState voted(Ballot ballot) {
        return acceptor(ballot, 2);
    }

    private static ReplicaState acceptor(Ballot ballot, long step) {
        return new ReplicaState(
                Version.ZERO, new Version(ballot.timestamp(), ballot.session(), ballot.counter(), step));
    }

    ReplicaState max(ReplicaState other) {
        return other.isAtLeast(this)
                ? other
                : new ReplicaState(Version.max(register, other.register), Version.max(acceptor, other.acceptor));
    }

    boolean isAtLeast(ReplicaState other) {
        return !other.register.isAfter(register) && !other.acceptor.isAfter(acceptor);
    }
}
