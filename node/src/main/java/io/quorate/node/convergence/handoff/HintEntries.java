package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import java.util.Arrays;
import java.util.Optional;

/**
 * A {@link Hint} in the keyspace {@code hints}. An entry has no value, so that a full disk takes it together with a
 * delete. Ten writes of one key are one entry, since the highest version wins.
 *
 * <pre>
 * key     := place of the target in the order of the members' names u16 | key
 * version := that of the record
 * content := tombstone: the hint waits | forgotten in no round: it is erased, and a merge may drop the entry
 * </pre>
 *
 * An erased hint that a merge dropped may be noted once more, by a message that comes late. Then it is offered once
 * more. If the message comes before the merge, the hint is found by the next search (see {@link TargetReplay}).
 */
final class HintEntries {
    private static final int TARGET_BYTES = 2;

    private HintEntries() {}

    static Key key(int target, Key key) {
        byte[] bytes = new byte[TARGET_BYTES + key.length()];
        bytes[0] = (byte) (target >> 8);
        bytes[1] = (byte) target;
        System.arraycopy(key.bytes(), 0, bytes, TARGET_BYTES, key.length());
        return Key.ofStored(bytes);
    }

    /** All hints for one target. */
    static KeyRange of(int target) {
        return new KeyRange(Optional.of(boundary(target)), Optional.of(boundary(target + 1)));
    }

    private static Key boundary(int target) {
        return Key.of(new byte[] {(byte) (target >> 8), (byte) target});
    }

    static Write waiting(int target, Hint hint) {
        return new Write(Keyspace.HINTS, key(target, hint.key()), record(hint));
    }

    static Write erased(int target, Hint hint) {
        return new Write(Keyspace.HINTS, key(target, hint.key()), record(hint).forgotten(Forgotten.NO_ROUND));
    }

    private static Record record(Hint hint) {
        return new Record(hint.version(), Tombstone.TOMBSTONE);
    }

    /** The hint of an entry, or empty if it is erased. */
    static Optional<Hint> read(Key key, Record entry) {
        if (entry.isForgotten()) {
            return Optional.empty();
        }
        Key hinted = Key.of(Arrays.copyOfRange(key.bytes(), TARGET_BYTES, key.length()));
        return Optional.of(new Hint(hinted, entry.version()));
    }
}
