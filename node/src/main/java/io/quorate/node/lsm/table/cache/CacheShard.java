package io.quorate.node.lsm.table.cache;

import io.quorate.node.lsm.table.block.Block;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A part of the cache, with its own lock and its own bound in bytes.
 *
 * <pre>
 *           tags (long)                slots (reference)
 *         +----+----+--   --+----+   +------+------+--   --+------+
 *  set 0  | 17 |  0 |  ...  | 93 |   | 17's | none |  ...  | 93's |     8 ways
 *         +----+----+--   --+----+   +------+------+--   --+------+
 *  set 1  |  0 | 40 |  ...       |   | none | 40's |  ...         |
 * </pre>
 *
 * A block may be in any of the eight slots of its set. Readers compare the tags, which lie in one line of the
 * processor's cache. A tag is only a hint, since readers take no lock. The block in the slot says which one it is.
 *
 * <p>Writers hold the lock. They count bytes before they fill a slot, and after they empty one. So the blocks in the
 * slots never take more than {@link #bytes}, and that is never more than the bound.
 */
final class CacheShard {
    static final int WAYS = 8;

    /** There is a slot for so many bytes, about four for a block. So a set is rarely full. */
    private static final int BYTES_PER_SLOT = 1 << 10;

    private static final int SLOT_BYTES = Long.BYTES + Integer.BYTES;
    private static final int SLOTS_MAX = 1 << 26;

    /** A longer block would push out too many others. */
    private static final int PARTS_OF_LONGEST_BLOCK = 4;

    /** There is room while this part of the bound is free. */
    private static final int PARTS_OF_ROOM = 32;

    private final long bytesMax;
    private final long[] tags;
    private final AtomicReferenceArray<CachedBlock> slots;

    /** Tables that nobody reads any more. Some of their blocks may still be here. */
    private final Set<Long> forgotten = ConcurrentHashMap.newKeySet();

    // ---- written under the lock ----

    private volatile long bytes;
    private volatile long evictions;
    private int hand;

    /** @param bytesMax for blocks, tags and slots */
    CacheShard(long bytesMax) {
        long wanted = Math.max(WAYS, Math.min(SLOTS_MAX, bytesMax / BYTES_PER_SLOT));
        int count = (int) Long.highestOneBit(2 * wanted - 1);
        this.tags = new long[count];
        this.slots = new AtomicReferenceArray<>(count);
        this.bytesMax = Math.max(0, bytesMax - (long) count * SLOT_BYTES);
        for (int slot = 0; slot < count; slot++) {
            slots.setPlain(slot, CachedBlock.NONE);
        }
    }

    // ---- readers ----

    Optional<Block> get(long hash, long table, long offset) {
        int first = firstSlot(hash);
        for (int slot = first; slot < first + WAYS; slot++) {
            long tag = tags[slot];
            if (tag == hash) {
                CachedBlock found = slots.getAcquire(slot);
                if (found.isOf(table, offset)) {
                    found.mark();
                    return Optional.of(found.block());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a block of so many bytes is short enough. */
    boolean mayHold(int blockBytes) {
        return blockBytes <= bytesMax / PARTS_OF_LONGEST_BLOCK;
    }

    /** Whether a block can be added without an eviction, as far as one can say before it is decompressed. */
    boolean hasRoom() {
        return bytes < bytesMax - bytesMax / PARTS_OF_ROOM || !forgotten.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    long evictions() {
        return evictions;
    }

    private int firstSlot(long hash) {
        return (int) hash & (tags.length - 1) & -WAYS;
    }

    // ---- writers ----

    /** Keeps a block, unless it is too long, or another reader of it was faster. */
    synchronized void put(CachedBlock added) {
        if (!mayHold(added.bytes()) || isHere(added)) {
            return;
        }
        if (!forgotten.isEmpty()) {
            dropForgotten();
        }
        while (bytes + added.bytes() > bytesMax) {
            evictAtHand();
        }
        int slot = slotFor(added);
        bytes += added.bytes();
        slots.setRelease(slot, added);
        tags[slot] = added.hash();
    }

    private boolean isHere(CachedBlock added) {
        int first = firstSlot(added.hash());
        for (int slot = first; slot < first + WAYS; slot++) {
            if (slots.getPlain(slot).hash() == added.hash()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Moves the hand on, up to a block without a mark. After a round any block will do, since readers go on marking.
     */
    private void evictAtHand() {
        for (int passed = 0; ; passed++) {
            int slot = hand;
            hand = (hand + 1) & (tags.length - 1);
            if (slots.getPlain(slot) != CachedBlock.NONE
                    && (!slots.getPlain(slot).unmark() || passed > tags.length)) {
                evict(slot);
                return;
            }
        }
    }

    /** An empty slot of the set. If there is none, the first one without a mark is emptied. */
    private int slotFor(CachedBlock added) {
        int first = firstSlot(added.hash());
        for (int slot = first; slot < first + WAYS; slot++) {
            if (slots.getPlain(slot) == CachedBlock.NONE) {
                return slot;
            }
        }
        int victim = first;
        while (slots.getPlain(victim).unmark() && victim < first + WAYS - 1) {
            victim++;
        }
        evict(victim);
        return victim;
    }

    private void evict(int slot) {
        empty(slot);
        evictions++;
    }

    private void empty(int slot) {
        int freed = slots.getPlain(slot).bytes();
        tags[slot] = 0;
        slots.setRelease(slot, CachedBlock.NONE);
        bytes -= freed;
    }

    /** Lets the next writer drop the blocks of a table. Takes no lock, since its caller may be an event loop. */
    void forget(long table) {
        if (bytes > 0) {
            forgotten.add(table);
        }
    }

    private void dropForgotten() {
        Set<Long> tables = Set.copyOf(forgotten);
        for (int slot = 0; slot < tags.length; slot++) {
            if (slots.getPlain(slot).isOfAny(tables)) {
                empty(slot);
            }
        }
        forgotten.removeAll(tables);
    }
}
