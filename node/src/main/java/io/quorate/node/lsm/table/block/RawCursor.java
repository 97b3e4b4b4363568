package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.model.Key;
import java.io.IOException;

/**
 * A walk over encoded entries in one direction, over a block or over all blocks of a level of a table. It stands before
 * the first entry at first. A key is valid until the next move.
 *
 * <p>Going up, the walk from a bound begins at the first key at or above it. Going down, it begins at the last key
 * below it: bounds are as in a range, whose end is no part of it.
 */
public interface RawCursor {
    /** Goes to the next entry; false, and from then on always, if there is none. */
    boolean advance() throws IOException;

    /** Goes to where the walk from {@code bound} begins; false if there is no such entry. */
    boolean seek(byte[] bound) throws IOException;

    /**
     * As {@link #seek}, in an index, whose keys are each at or above all keys in the block of the entry and below those of the
     * next: goes to the first block that may have what is sought.
     */
    boolean seekCovering(byte[] bound) throws IOException;

    /** How the entry's key compares to {@code other}. */
    int compareKey(byte[] other);

    Key key();

    BytesReader content();
}
