package io.quorate.node.lsm.memtable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * From keys to nodes by open addressing with linear probing: one or two cache lines where the skip list needs twenty.
 * For one writer and any number of readers without locks.
 *
 * <pre>
 * slot := 0 | tag u32, node's address u32         (a node's key is looked at only if the tag fits)
 * tag  := the lower half of the key's hash; its lower bits choose the slot, the upper bits of the hash the shard
 * </pre>
 *
 * It has many small shards instead of one table, so that the writer never pauses to move all of it. A client may choose
 * keys of one hash. Then a key that finds no slot near its own is left out, and from then on a miss proves nothing.
 */
final class HashIndex {
    private static final int SHARD_BITS = 6;
    private static final int SLOTS_MIN = 8;

    /** At five eighths full the longest run among a million keys has some 150 slots (Knuth, volume 3, section 6.4). */
    private static final int PROBES_MAX = 256;

    private static final int ARRAY_HEADER_BYTES = 16;
    private static final VarHandle SHARD =
            MethodHandles.arrayElementVarHandle(long[][].class).withInvokeExactBehavior();
    private static final VarHandle SLOT =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private final Nodes nodes;
    private final long[][] shards = new long[1 << SHARD_BITS][];
    private final int[] taken = new int[1 << SHARD_BITS];
    private long bytes;
    private volatile boolean complete = true;

    HashIndex(Nodes nodes) {
        this.nodes = nodes;
    }

    /** A word at a time: multiply and fold, and the finalizer of MurmurHash3. It is in no file. */
    static long hash(long prefix, byte[] key) {
        long hash = (prefix ^ key.length) * 0x9e3779b97f4a7c15L;
        int at = Long.BYTES;
        for (; at <= key.length - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ hash >>> 32 ^ (long) LONG.get(key, at)) * 0x9e3779b97f4a7c15L;
        }
        for (; at < key.length; at++) {
            hash = (hash ^ hash >>> 32 ^ key[at]) * 0x9e3779b97f4a7c15L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }

    /** The node with this key. 0 if there is none, or if it was left out. */
    int find(long hash, long prefix, byte[] key) {
        long[] slots = (long[]) SHARD.getAcquire(shards, shardOf(hash));
        if (slots == null) {
            return 0;
        }
        int tag = (int) hash;
        int mask = slots.length - 1;
        for (int probe = 0; probe < PROBES_MAX; probe++) {
            long slot = (long) SLOT.getAcquire(slots, tag + probe & mask);
            if (slot == 0) {
                return 0;
            }
            if ((int) (slot >>> 32) == tag && nodes.compare((int) slot, prefix, key) == 0) {
                return (int) slot;
            }
        }
        return 0;
    }

    /** Whether every node is found: none was left out. */
    boolean isComplete() {
        return complete;
    }

    /** Adds a node whose key is not here yet. By the writer. */
    void put(long hash, int node) {
        int shard = shardOf(hash);
        if (shards[shard] == null || taken[shard] >= shards[shard].length / 8 * 5) {
            grow(shard);
        }
        if (putInto(shards[shard], (hash & 0xffffffffL) << 32 | node)) {
            taken[shard]++;
        } else {
            complete = false;
        }
    }

    private void grow(int shard) {
        long[] old = shards[shard];
        long[] grown = new long[old == null ? SLOTS_MIN : old.length * 2];
        for (int i = 0; old != null && i < old.length; i++) {
            if (old[i] != 0 && !putInto(grown, old[i])) {
                complete = false;
            }
        }
        bytes += old == null ? ARRAY_HEADER_BYTES + grown.length * 8L : old.length * 8L;
        SHARD.setRelease(shards, shard, grown);
    }

    private static boolean putInto(long[] slots, long slot) {
        int mask = slots.length - 1;
        int home = (int) (slot >>> 32);
        for (int probe = 0; probe < Math.min(PROBES_MAX, slots.length); probe++) {
            int at = home + probe & mask;
            if (slots[at] == 0) {
                SLOT.setRelease(slots, at, slot);
                return true;
            }
        }
        return false;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> -SHARD_BITS);
    }

    long bytes() {
        return bytes;
    }
}
