package io.quorate.node.lsm.format;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.io.IOException;

/** Goes over entries in the order of their keys, each key once, in one direction. It begins before the first entry. */
public interface EntryCursor {
    /** Goes to the next entry. False if there is none, and from then on always. */
    boolean advance() throws IOException;

    /** The key of the current entry. */
    Key key();

    /** The record of the current entry. */
    Record record();
}
