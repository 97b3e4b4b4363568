package io.quorate.node.lsm.format;

import java.io.IOException;

/** Also shows its entries as they are stored, so that flushes and merges can pass them on without decoding them. */
public interface EncodedCursor extends EntryCursor {
    /** The current entry, until the next move. It is the same object each time. */
    EncodedEntry entry() throws IOException;
}
