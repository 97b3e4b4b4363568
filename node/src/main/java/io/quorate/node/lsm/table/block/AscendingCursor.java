package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import java.util.Arrays;

/** Goes up through a block. */
public final class AscendingCursor implements RawCursor {
    private final Block block;
    private final BytesReader in;
    private byte[] key = new byte[64];
    private int keyLength;
    private int contentAt;
    private int contentLength;

    public AscendingCursor(Block block) {
        this.block = block;
        this.in = block.entries();
    }

    /** Where in the block the next entry begins. */
    int position() {
        return in.position();
    }

    /** Goes before the entry at which restart {@code index} is. */
    void moveToRestart(int index) {
        in.moveTo(block.restart(index));
        keyLength = 0;
    }

    @Override
    public boolean advance() {
        if (in.remaining() == 0) {
            return false;
        }
        int shared = in.readVarint(keyLength);
        int rest = in.readVarint(Key.STORED_BYTES_MAX - shared);
        if (shared + rest == 0) {
            throw new MalformedException("an entry without a key before " + in.position());
        }
        contentLength = in.readVarint(in.remaining());
        int restAt = in.position();
        in.skip(rest);
        contentAt = in.position();
        in.skip(contentLength);
        keyLength = shared + rest;
        if (keyLength > key.length) {
            key = Arrays.copyOf(key, Math.max(keyLength, key.length * 2));
        }
        System.arraycopy(block.bytes(), restAt, key, shared, rest);
        return true;
    }

    @Override
    public boolean seek(byte[] bound) {
        moveToRestart(restartBelow(bound));
        while (advance()) {
            if (compareKey(bound) >= 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean seekCovering(byte[] bound) {
        return seek(bound);
    }

    /** The last restart whose key is below {@code bound}, or the first of all. */
    int restartBelow(byte[] bound) {
        int low = 0;
        int high = block.restartCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            moveToRestart(middle);
            if (advance() && compareKey(bound) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public int compareKey(byte[] other) {
        return Arrays.compareUnsigned(key, 0, keyLength, other, 0, other.length);
    }

    @Override
    public Key key() {
        return Key.ofStored(keyBytes());
    }

    public byte[] keyBytes() {
        return Arrays.copyOf(key, keyLength);
    }

    @Override
    public BytesReader content() {
        return block.slice(contentAt, contentLength);
    }

    @Override
    public void show(EncodedEntry target) {
        target.setKey(key, keyLength);
        target.setRecord(block.bytes(), contentAt, contentLength);
    }

    int contentAt() {
        return contentAt;
    }

    int contentLength() {
        return contentLength;
    }
}
