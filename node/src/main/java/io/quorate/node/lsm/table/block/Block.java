package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;

/**
 * A block in memory, its checksum found right. Immutable for as long as its memory is not used again: see
 * {@link ReusedMemory}.
 */
public final class Block {
    /** Its own fields and the array's header. */
    private static final int OBJECT_BYTES = 48;

    private final byte[] bytes;
    private final int restartsAt;
    private final int restartCount;

    /**
     * @param length how much of the array is the block
     * @throws MalformedException if the restarts do not fit
     */
    public Block(byte[] bytes, int length) {
        this.bytes = bytes;
        this.restartCount = length < Integer.BYTES
                ? 0
                : slice(length - Integer.BYTES, Integer.BYTES).readInt();
        long at = length - Integer.BYTES * (restartCount + 1L);
        if (restartCount < 1 || at < 0) {
            throw new MalformedException("a block of " + length + " bytes with " + restartCount + " restarts");
        }
        this.restartsAt = (int) at;
    }

    /** How much of the heap it takes, without what refers to it. */
    public int memoryBytes() {
        return bytes.length + OBJECT_BYTES;
    }

    public byte[] bytes() {
        return bytes;
    }

    BytesReader entries() {
        return slice(0, restartsAt);
    }

    BytesReader slice(int offset, int length) {
        return new BytesReader(bytes, offset, length);
    }

    int restartCount() {
        return restartCount;
    }

    /** Where the entry at a restart begins, as the block says: check it. */
    int restart(int index) {
        return slice(restartsAt + index * Integer.BYTES, Integer.BYTES).readInt();
    }

    /** Where the entries from one restart to the next end. */
    int endOfRun(int restart) {
        return restart + 1 < restartCount ? restart(restart + 1) : restartsAt;
    }
}
