package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Version;
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
 * version := that of the record, with twice its step: the hint waits
 *          | the same with one step more: this hint is erased, and a merge may drop the entry
 * </pre>
 */
final class HintEntries {
    private static final int TARGET_BYTES = 2;
    private static final long STEP_MAX = Long.MAX_VALUE / 2;

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
        return write(target, hint, waiting(hint.version()));
    }

    static Write erased(int target, Hint hint) {
        return write(target, hint, waiting(hint.version()).nextStep());
    }

    /** No key has so many conditional writes. But a peer may send any step. */
    private static Version waiting(Version version) {
        long step = Long.compareUnsigned(version.step(), STEP_MAX) > 0 ? STEP_MAX : version.step();
        return new Version(version.timestamp(), version.session(), version.counter(), 2 * step);
    }

    private static Write write(int target, Hint hint, Version version) {
        return new Write(Keyspace.HINTS, key(target, hint.key()), new Record(version, Tombstone.TOMBSTONE));
    }

    /** The hint of an entry, or empty if it is erased. */
    static Optional<Hint> read(Key key, Record entry) {
        Version version = entry.version();
        if (Keyspace.isErased(entry)) {
            return Optional.empty();
        }
        return Optional.of(new Hint(
                Key.of(Arrays.copyOfRange(key.bytes(), TARGET_BYTES, key.length())),
                new Version(version.timestamp(), version.session(), version.counter(), version.step() / 2)));
    }
}
