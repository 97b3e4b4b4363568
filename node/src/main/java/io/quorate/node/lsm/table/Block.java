package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Key;
import java.util.Arrays;

/** A block in memory, its checksum found right. Immutable. */
final class Block {
    private final byte[] bytes;
    private final int restartsAt;
    private final int restartCount;

    /** @throws MalformedException if the restarts do not fit */
    Block(byte[] bytes, int length) {
        this.bytes = bytes;
        this.restartCount = new BytesReader(bytes, 0, length).remaining() < Integer.BYTES
                ? 0
                : new BytesReader(bytes, length - Integer.BYTES, Integer.BYTES).readInt();
        long at = length - Integer.BYTES * (restartCount + 1L);
        if (restartCount < 1 || at < 0) {
            throw new MalformedException("a block of " + length + " bytes with " + restartCount + " restarts");
        }
        this.restartsAt = (int) at;
    }

    int memoryBytes() {
        return bytes.length + 64;
    }

    Cursor cursor() {
        return new Cursor();
    }

    private int restart(int index) {
        return new BytesReader(bytes, restartsAt + index * Integer.BYTES, Integer.BYTES).readInt();
    }

    /** A walk over the block's entries. */
    final class Cursor {
        private BytesReader in = new BytesReader(bytes, 0, restartsAt);
        private byte[] key = new byte[64];
        private int keyLength;
        private int contentAt;
        private int contentLength;

        boolean advance() {
            if (in.remaining() == 0) {
                return false;
            }
            int shared = in.readVarint(keyLength);
            int rest = in.readVarint(Key.BYTES_MAX - shared);
            contentLength = in.readVarint(restartsAt);
            int restAt = in.position();
            in.skip(rest);
            contentAt = in.position();
            in.skip(contentLength);
            keyLength = shared + rest;
            if (keyLength > key.length) {
                key = Arrays.copyOf(key, Math.max(keyLength, key.length * 2));
            }
            System.arraycopy(bytes, restAt, key, shared, rest);
            return true;
        }

        /** Goes to the first entry at or after {@code target}; false if there is none. */
        boolean seek(byte[] target) {
            int low = 0;
            int high = restartCount - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                goToRestart(middle);
                if (advance() && compareKey(target) < 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            goToRestart(low);
            while (advance()) {
                if (compareKey(target) >= 0) {
                    return true;
                }
            }
            return false;
        }

        private void goToRestart(int index) {
            int at = restart(index);
            in = new BytesReader(bytes, at, restartsAt - at);
            keyLength = 0;
        }

        int compareKey(byte[] target) {
            return Arrays.compareUnsigned(key, 0, keyLength, target, 0, target.length);
        }

        Key key() {
            return Key.of(Arrays.copyOf(key, keyLength));
        }

        BytesReader content() {
            return new BytesReader(bytes, contentAt, contentLength);
        }
    }
}
