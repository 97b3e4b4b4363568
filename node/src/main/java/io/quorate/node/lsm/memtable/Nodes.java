package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One node for each key, in the arena:
 *
 * <pre>
 *  0               8               12                16                            16 + 4 * height
 * +---------------+---------------+-----------------+-----------------------------+----------------------+
 * | prefix        | newest state  | key length << 8 | next node on level 0, 1, .. | key from its 9th     |
 * | u64           | address       | | height   u32  | address * height            | byte on              |
 * +---------------+---------------+-----------------+-----------------------------+----------------------+
 * </pre>
 *
 * The prefix is the key's first eight bytes, filled with zeros if the key is shorter. Nearly every comparison of two
 * keys ends there, in the cache line that also holds the links. The newest state and the links change by release. The
 * rest is written before the node's address is released.
 */
final class Nodes {
    private static final int NEWEST_AT = 8;
    private static final int SIZES_AT = 12;
    private static final int LINKS_AT = 16;
    private static final int PREFIX_BYTES = Long.BYTES;
    private static final VarHandle ARRAY_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private final Arena arena;

    Nodes(Arena arena) {
        this.arena = arena;
    }

    static long prefixOf(byte[] key) {
        if (key.length >= PREFIX_BYTES) {
            return (long) ARRAY_LONG.get(key, 0);
        }
        long prefix = 0;
        for (int i = 0; i < key.length; i++) {
            prefix |= (key[i] & 0xffL) << (56 - 8 * i);
        }
        return prefix;
    }

    /** Writes a node whose links are not set yet. */
    int add(long prefix, byte[] key, int height, int state) {
        int tail = Math.max(0, key.length - PREFIX_BYTES);
        int tailAt = LINKS_AT + height * Integer.BYTES;
        int node = arena.allocateShared(tailAt + tail);
        arena.setLong(node, 0, prefix);
        arena.setInt(node, NEWEST_AT, state);
        arena.setInt(node, SIZES_AT, key.length << 8 | height);
        if (tail > 0) {
            arena.setBytes(node, tailAt, key, PREFIX_BYTES, tail);
        }
        return node;
    }

    long prefix(int node) {
        return arena.getLong(node, 0);
    }

    int newest(int node) {
        return arena.getIntAcquire(node, NEWEST_AT);
    }

    void setNewest(int node, int state) {
        arena.setIntRelease(node, NEWEST_AT, state);
    }

    int next(int node, int level) {
        return arena.getIntAcquire(node, LINKS_AT + level * Integer.BYTES);
    }

    void setNext(int node, int level, int next) {
        arena.setIntRelease(node, LINKS_AT + level * Integer.BYTES, next);
    }

    /** Negative if the node's key is less than this one. */
    int compare(int node, long prefix, byte[] key) {
        long own = arena.getLong(node, 0);
        return own == prefix ? compareTails(node, key) : Long.compareUnsigned(own, prefix);
    }

    int compare(int node, Key key) {
        return compare(node, prefixOf(key.bytes()), key.bytes());
    }

    private int compareTails(int node, byte[] key) {
        int sizes = arena.getInt(node, SIZES_AT);
        int length = sizes >>> 8;
        ByteBuffer chunk = arena.chunk(node);
        int shift = arena.offset(node) + LINKS_AT + (sizes & 0xff) * Integer.BYTES - PREFIX_BYTES;
        int common = Math.min(length, key.length);
        int at = PREFIX_BYTES;
        for (; at <= common - Long.BYTES; at += Long.BYTES) {
            int order = Long.compareUnsigned(chunk.getLong(shift + at), (long) ARRAY_LONG.get(key, at));
            if (order != 0) {
                return order;
            }
        }
        for (; at < common; at++) {
            int order = Byte.compareUnsigned(chunk.get(shift + at), key[at]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(length, key.length);
    }

    Key key(int node) {
        byte[] key = new byte[arena.getInt(node, SIZES_AT) >>> 8];
        copyKey(node, key);
        return Key.ofStored(key);
    }

    /** Shows a copy of the key, in the array of the entry if it is long enough. */
    void show(int node, EncodedEntry entry) {
        int length = arena.getInt(node, SIZES_AT) >>> 8;
        byte[] key = entry.keyArray().length < length ? new byte[Math.max(64, 2 * length)] : entry.keyArray();
        copyKey(node, key);
        entry.setKey(key, length);
    }

    private void copyKey(int node, byte[] key) {
        int sizes = arena.getInt(node, SIZES_AT);
        int length = sizes >>> 8;
        long prefix = arena.getLong(node, 0);
        if (length >= PREFIX_BYTES) {
            ARRAY_LONG.set(key, 0, prefix);
            arena.getBytes(node, LINKS_AT + (sizes & 0xff) * Integer.BYTES, key, PREFIX_BYTES, length - PREFIX_BYTES);
        } else {
            for (int i = 0; i < length; i++) {
                key[i] = (byte) (prefix >>> (56 - 8 * i));
            }
        }
    }
}
