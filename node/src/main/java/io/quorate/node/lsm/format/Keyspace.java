package io.quorate.node.lsm.format;

import io.quorate.common.model.Coded;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.node.lsm.Store;
import java.util.Arrays;
import java.util.Optional;

/**
 * A separate map in the same store. All keyspaces share the log, the memtables and the tables, so a batch across them
 * is atomic. Below {@link Store} a keyspace is only the first byte of a key. The highest version wins in every
 * keyspace. For last-writer-wins, use a version that grows with each write.
 */
public enum Keyspace implements Coded {
    /** The registers that clients see. */
    DATA(1),
    /** Promises and accepted proposals of this replica, by the register's key. */
    CONSENSUS(2),
    /** State of this node itself, such as its voting status. */
    META(3),
    /** Which writes other nodes missed. */
    HINTS(4),
    /** Traces of requests with idempotency keys, each kept for a while. */
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
        return Key.ofStored(Arrays.copyOfRange(stored.bytes(), 1, stored.length()));
    }

    /**
     * Whether a record under this stored key may disappear without a tombstone when it expires. Traces of requests do.
     */
    public static boolean forgets(Key stored) {
        return stored.bytes()[0] == REQUESTS.code;
    }

    /** Whether this stored key is one of a register. */
    public static boolean isRegister(byte[] stored) {
        return stored[0] == DATA.code;
    }

    /** Whether this stored key is one of a hint. */
    public static boolean isHint(byte[] stored) {
        return stored[0] == HINTS.code;
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
