package io.quorate.node.lsm.format;

import io.quorate.common.model.Coded;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.node.lsm.Store;
import java.util.Arrays;
import java.util.Optional;

/**
 * A map of its own in the same store. All share log, memtables and tables, so that a batch across them is atomic; below
 * {@link Store} a keyspace is only the first byte of a key. In every one of them the highest version wins; what is to
 * be won by the newest takes a version that counts up.
 */
public enum Keyspace implements Coded {
    /** The registers that clients see. */
    DATA(1),
    /** What this replica promised and accepted, by the register's key. */
    CONSENSUS(2),
    /** What this node must remember of itself. */
    META(3),
    /** Writes that this node keeps for others. */
    HINTS(4),
    /** What this replica remembers of requests with idempotency keys, each for a while. */
    REQUESTS(5);

    private final byte code;

    Keyspace(int code) {
        this.code = (byte) code;
    }

    /** The first byte of its keys in the store. */
    @Override
    public int code() {
        return code;
    }

    /** The key as it is below. */
    public Key stored(Key key) {
        byte[] stored = new byte[key.length() + 1];
        stored[0] = code;
        System.arraycopy(key.bytes(), 0, stored, 1, key.length());
        return Key.ofStored(stored);
    }

    /** The inverse of {@link #stored}. */
    public static Key exposed(Key stored) {
        return Key.of(Arrays.copyOfRange(stored.bytes(), 1, stored.length()));
    }

    /** Whether what expires under this stored key may go without a trace: there, an expiry is what ends a memory. */
    public static boolean forgets(Key stored) {
        return stored.bytes()[0] == REQUESTS.code;
    }

    public KeyRange stored(KeyRange range) {
        return new KeyRange(
                Optional.of(range.start().map(this::stored).orElse(boundary(code))),
                Optional.of(range.end().map(this::stored).orElse(boundary(code + 1))));
    }

    /** Before all keys of a keyspace and after all of the one below it. */
    private static Key boundary(int code) {
        return Key.ofStored(new byte[] {(byte) code});
    }
}
