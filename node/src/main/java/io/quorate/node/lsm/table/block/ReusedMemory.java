package io.quorate.node.lsm.table.block;

import java.util.function.IntFunction;

/**
 * Memory for one block after the other. A block in it is valid until the next one is asked for. For one thread at a
 * time.
 */
public final class ReusedMemory implements IntFunction<byte[]> {
    /** A longer block gets memory of its own, so that a rare long block does not leave its memory behind. */
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private byte[] memory = new byte[0];

    /** Whether an array of this length may be used again for another block. */
    static boolean isReused(int bytes) {
        return bytes <= KEPT_BYTES_MAX;
    }

    /** An array of at least so many bytes, for the next block. */
    @Override
    public byte[] apply(int bytes) {
        if (!isReused(bytes)) {
            return new byte[bytes];
        }
        if (bytes > memory.length) {
            memory = new byte[Integer.highestOneBit(2 * bytes - 1)];
        }
        return memory;
    }
}
