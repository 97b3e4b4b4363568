package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import java.io.IOException;

/**
 * Goes over encoded entries in one direction, over a block or over all blocks of a level of a table. It begins before
 * the first entry. A key is valid until the next move.
 *
 * <p>Upwards, a bound means the first key at or above it. Downwards, it means the last key below it. Bounds are as in a
 * range, whose end is not part of it.
 */
public interface RawCursor {
    /** Goes to the next entry. False if there is none, and from then on always. */
    boolean advance() throws IOException;

    /** Goes to the first entry from {@code bound} on. False if there is none. */
    boolean seek(byte[] bound) throws IOException;

    /**
     * Like {@link #seek}, for an index: goes to the first block that may have a key from {@code bound} on. A key of the
     * index is at or above all keys in the block of its entry, and below those of the next block.
     */
    boolean seekCovering(byte[] bound) throws IOException;

    /** How the entry's key compares to {@code other}. */
    int compareKey(byte[] other);

    Key key();

    BytesReader content();

    /** Shows the current entry, whose content is a record, in {@code target}. */
    void show(EncodedEntry target);
}
