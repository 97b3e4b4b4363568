package io.quorate.node.lsm.memtable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The memory of a store's memtables, in chunks outside the heap that are used again and again. The garbage collector
 * neither copies nor scans them, and none is freed while the store is open. The pool makes at most a fixed number. A
 * memtable that gets none makes a chunk for itself, which the collector frees. That happens only while a scan keeps a
 * memtable that was flushed long ago.
 */
public final class ChunkPool {
    private static final int CHUNK_BYTES_MIN = 4 << 10;
    private static final int CHUNK_BYTES_MAX = 1 << 20;
    private static final int CHUNKS_PER_MEMTABLE = 64;

    private final int chunkBytes;
    private final int chunksMax;
    private final IntFunction<ByteBuffer> allocator;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private int made;

    ChunkPool(int chunkBytes, int chunksMax, IntFunction<ByteBuffer> allocator) {
        if (Integer.bitCount(chunkBytes) != 1 || chunkBytes < CHUNK_BYTES_MIN) {
            throw new IllegalArgumentException("chunks of " + chunkBytes + " bytes");
        }
        this.chunkBytes = chunkBytes;
        this.chunksMax = chunksMax;
        this.allocator = allocator;
    }

    /**
     * A pool for so many memtables of that size. Each memtable gets three extra chunks. Two are for the last chunks of
     * its two arenas, which may be almost empty. One is for the group of writes that passes the limit.
     */
    public static ChunkPool of(int memtableBytes, int memtables) {
        return new ChunkPool(
                chunkBytes(memtableBytes), chunksOf(memtableBytes) * memtables, ByteBuffer::allocateDirect);
    }

    /** How much memory a pool keeps for one memtable of that size. */
    public static long bytesOf(int memtableBytes) {
        return (long) chunksOf(memtableBytes) * chunkBytes(memtableBytes);
    }

    private static int chunkBytes(int memtableBytes) {
        return clamp(Integer.highestOneBit(memtableBytes / CHUNKS_PER_MEMTABLE), CHUNK_BYTES_MIN, CHUNK_BYTES_MAX);
    }

    private static int chunksOf(int memtableBytes) {
        return memtableBytes / chunkBytes(memtableBytes) + 3;
    }

    private static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }

    int chunkBytes() {
        return chunkBytes;
    }

    /** A chunk of any content. Empty if as many as allowed are in use. */
    synchronized Optional<ByteBuffer> tryTake() {
        if (!free.isEmpty()) {
            return Optional.of(free.pop());
        }
        if (made == chunksMax) {
            return Optional.empty();
        }
        made++;
        return Optional.of(allocator.apply(chunkBytes));
    }

    /** Gives a chunk back. No thread may read it any more. */
    synchronized void giveBack(ByteBuffer chunk) {
        free.push(chunk);
    }

    /** How many chunks are taken. */
    synchronized int inUse() {
        return made - free.size();
    }
}
