package io.quorate.node.lsm.memtable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Memory that only grows, and is freed as a whole. An address is an int, in units of four bytes:
 *
 * <pre>
 *  31 30                    18 17                       0
 * +--+------------------------+-------------------------+
 * | 0| chunk                  | offset in it / 4        |     (for chunks of 1 MiB; 0 is no address)
 * +--+------------------------+-------------------------+
 * </pre>
 *
 * An allocation of more than a quarter of a chunk begins in the current chunk, and goes on in the chunks that follow.
 * So large values lie outside the heap, in the same pool, and waste nothing. An allocation that changes while others
 * read lies in one piece: it gets a chunk of its own if it is that large.
 *
 * <p>One thread writes. The writer releases an address after it has written there. Others may read at addresses that
 * they got by an acquiring read of such a release. {@link #chunks} needs no more, since it was written before that
 * release.
 */
final class Arena {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private final ChunkPool pool;
    private final int chunkShift;
    private final int offsetMask;
    private final List<ByteBuffer> borrowed = new ArrayList<>();
    private ByteBuffer[] chunks = new ByteBuffer[8];
    /** There is no chunk 0, so that 0 is no address. */
    private int count = 1;

    private int current;
    private int used;
    private long bytesOfOthers;

    Arena(ChunkPool pool) {
        this.pool = pool;
        this.chunkShift = Integer.numberOfTrailingZeros(pool.chunkBytes() / Integer.BYTES);
        this.offsetMask = (1 << chunkShift) - 1;
    }

    /** How much memory is taken: the filled part of the current chunk, and all of the others. */
    long bytes() {
        return bytesOfOthers + used;
    }

    /**
     * The address of so many bytes of any content. The caller writes them before others know the address.
     *
     * @param whole how many of the first bytes lie in one piece
     */
    int allocate(int bytes, int whole) {
        return isLarge(bytes) ? allocateAcross(bytes, whole) : allocateInChunk(bytes);
    }

    /** So many bytes in one piece. They may also be written while others read them. */
    int allocateShared(int bytes) {
        return isLarge(bytes) ? chunkOfItsOwn(ByteBuffer.allocateDirect(bytes)) : allocateInChunk(bytes);
    }

    private boolean isLarge(int bytes) {
        return bytes > pool.chunkBytes() / 4;
    }

    private int chunkOfItsOwn(ByteBuffer chunk) {
        bytesOfOthers += chunk.capacity();
        return add(chunk) << chunkShift;
    }

    private int allocateAcross(int bytes, int whole) {
        int address = allocateInChunk(whole);
        int left = bytes - whole;
        for (int room = pool.chunkBytes() - used; left > room; room = pool.chunkBytes()) {
            left -= room;
            nextChunk();
        }
        used = aligned(used + left);
        return address;
    }

    private int allocateInChunk(int bytes) {
        if (current == 0 || used + bytes > pool.chunkBytes()) {
            nextChunk();
        }
        int address = current << chunkShift | used / Integer.BYTES;
        used = aligned(used + bytes);
        return address;
    }

    private void nextChunk() {
        bytesOfOthers += current == 0 ? 0 : pool.chunkBytes();
        current = add(chunk());
        used = 0;
    }

    private static int aligned(int bytes) {
        return bytes + Integer.BYTES - 1 & -Integer.BYTES;
    }

    private ByteBuffer chunk() {
        ByteBuffer chunk = pool.tryTake().orElse(null);
        if (chunk == null) {
            return ByteBuffer.allocateDirect(pool.chunkBytes());
        }
        borrowed.add(chunk);
        return chunk;
    }

    private int add(ByteBuffer chunk) {
        if (count > Integer.MAX_VALUE >>> chunkShift) {
            throw new IllegalStateException("a memtable of " + count + " chunks");
        }
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count * 2);
        }
        chunks[count] = chunk;
        return count++;
    }

    /** Gives the chunks back. No thread may read any more: it would fail, or read what others write. */
    void release() {
        chunks = new ByteBuffer[0];
        borrowed.forEach(pool::giveBack);
        borrowed.clear();
    }

    ByteBuffer chunk(int address) {
        return chunks[address >>> chunkShift];
    }

    /** Where in its chunk an address is, in bytes. */
    int offset(int address) {
        return (address & offsetMask) * Integer.BYTES;
    }

    int getInt(int address, int at) {
        return (int) INT.get(chunk(address), offset(address) + at);
    }

    void setInt(int address, int at, int value) {
        INT.set(chunk(address), offset(address) + at, value);
    }

    int getIntAcquire(int address, int at) {
        return (int) INT.getAcquire(chunk(address), offset(address) + at);
    }

    void setIntRelease(int address, int at, int value) {
        INT.setRelease(chunk(address), offset(address) + at, value);
    }

    long getLong(int address, int at) {
        return (long) LONG.get(chunk(address), offset(address) + at);
    }

    void setLong(int address, int at, long value) {
        LONG.set(chunk(address), offset(address) + at, value);
    }

    /** The bytes may go on in the chunks that follow. */
    void setBytes(int address, int at, byte[] source, int from, int length) {
        int index = address >>> chunkShift;
        int offset = offset(address) + at;
        int done = 0;
        while (done < length) {
            int piece = Math.min(length - done, chunks[index].capacity() - offset);
            chunks[index].put(offset, source, from + done, piece);
            done += piece;
            offset = 0;
            index++;
        }
    }

    /** The bytes may go on in the chunks that follow. */
    void getBytes(int address, int at, byte[] target, int to, int length) {
        ByteBuffer[] known = chunks;
        int index = address >>> chunkShift;
        int offset = offset(address) + at;
        int done = 0;
        while (done < length) {
            int piece = Math.min(length - done, known[index].capacity() - offset);
            known[index].get(offset, target, to + done, piece);
            done += piece;
            offset = 0;
            index++;
        }
    }
}
