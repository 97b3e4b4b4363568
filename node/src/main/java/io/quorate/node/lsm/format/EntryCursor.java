package io.quorate.node.lsm.format;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.io.IOException;

/**
 * A walk over entries in the order of their keys, each key once, in the one direction that it was made for. It stands
 * before the first entry at first.
 */
public interface EntryCursor {
    /** Goes to the next entry; false, and from then on always, if there is none. */
    boolean advance() throws IOException;

    /** The key of the entry it stands on. */
    Key key();

    /** The record of the entry it stands on. */
    Record record();
}
