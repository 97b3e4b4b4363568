package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.view.RecordIterator;
import java.util.Optional;

/** The hints that a replica keeps for others, as its store shows them. */
public final class KeptHints {
    private final Store store;
    private final boolean onlyMemory;

    private KeptHints(Store store, boolean onlyMemory) {
        this.store = store;
        this.onlyMemory = onlyMemory;
    }

    /** Without a read of its disk. */
    public static KeptHints inMemory(Store store) {
        return new KeptHints(store, true);
    }

    public static KeptHints of(Store store) {
        return new KeptHints(store, false);
    }

    /** Whether a hint for this member and key waits, of this version or a newer one. Empty if that is not known. */
    Optional<Boolean> waits(int target, Key key, Version version) {
        byte[] bytes = new byte[key.length() + 2];
        bytes[1] = (byte) target;
        System.arraycopy(key.bytes(), 0, bytes, 2, key.length());
        return read(Keyspace.HINTS, Key.of(bytes))
                .map(entry -> !entry.isForgotten() && !version.isAfter(entry.version()));
    }

    /** Whether the replica shows that it could not note all for this member. Empty if that is not known. */
    Optional<Boolean> isOverflowed(int target) {
        return read(Keyspace.META, Key.of("overflowed/" + target))
                .map(mark -> !mark.equals(Record.NEVER_WRITTEN) && !mark.isForgotten());
    }

    private Optional<Record> read(Keyspace keyspace, Key key) {
        return onlyMemory ? store.getFromMemory(keyspace, key) : Optional.of(store.get(keyspace, key));
    }

    /** Whether any hint waits for this member. */
    public boolean anyFor(int target) {
        try (RecordIterator entries = store.scan(Keyspace.HINTS, KeyRange.ALL, Direction.ASCENDING)) {
            while (entries.advance()) {
                if (entries.key().bytes()[1] == target && !entries.record().isForgotten()) {
                    return true;
                }
            }
        }
        return false;
    }
}
