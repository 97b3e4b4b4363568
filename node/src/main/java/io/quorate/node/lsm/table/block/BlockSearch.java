package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.model.Key;
import java.util.Arrays;

/**
 * Looks for one key in one block after the other. It does not rebuild whole keys. It knows how far the key before
 * agrees with the target, and how much of that key an entry shares. Mostly this is enough to compare the entry with the
 * target.
 */
public final class BlockSearch {
    private final byte[] target;
    private Block block;
    private BytesReader in;
    private boolean exact;
    private int keyAt;
    private int keyBytes;
    private int contentAt;
    private int contentBytes;

    public BlockSearch(Key target) {
        this.target = target.bytes();
    }

    /**
     * Goes to the first entry of a block whose key is not below the target. False if there is none. An entry that
     * shares nothing may be at a restart, where no byte is left out. So it is compared from its first byte.
     */
    public boolean ceiling(Block searched) {
        block = searched;
        in = searched.entries();
        in.moveTo(block.restart(restartBelow()));
        int agreed = 0;
        while (in.remaining() > 0) {
            int shared = readEntry();
            if (shared == 0) {
                agreed = 0;
            }
            if (shared < agreed) {
                exact = false;
                return true;
            }
            if (shared == agreed) {
                int more = agreement(agreed);
                if (isAtOrAbove(agreed, more)) {
                    return true;
                }
                agreed += more;
            }
        }
        return false;
    }

    private int restartBelow() {
        int low = 0;
        int high = block.restartCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            in.moveTo(block.restart(middle));
            readEntry();
            if (isAtOrAbove(0, agreement(0))) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** Reads an entry without the shared bytes of its key, and returns how many those are. */
    private int readEntry() {
        int shared = in.readVarint(Key.STORED_BYTES_MAX);
        keyBytes = in.readVarint(Key.STORED_BYTES_MAX - shared);
        contentBytes = in.readVarint(in.remaining());
        keyAt = in.position();
        in.skip(keyBytes);
        contentAt = in.position();
        in.skip(contentBytes);
        return shared;
    }

    /** In how many bytes the rest of the key agrees with the target from {@code from} on. */
    private int agreement(int from) {
        int mismatch = Arrays.mismatch(block.bytes(), keyAt, keyAt + keyBytes, target, from, target.length);
        return mismatch < 0 ? keyBytes : mismatch;
    }

    /** Whether the entry's key, whose first {@code from + more} bytes are the target's, is not below the target. */
    private boolean isAtOrAbove(int from, int more) {
        boolean targetEnds = from + more == target.length;
        exact = targetEnds && more == keyBytes;
        return targetEnds || more < keyBytes && (block.bytes()[keyAt + more] & 0xff) > (target[from + more] & 0xff);
    }

    /** Whether the entry has the target for its key. */
    public boolean isExact() {
        return exact;
    }

    public BytesReader content() {
        return block.slice(contentAt, contentBytes);
    }
}
