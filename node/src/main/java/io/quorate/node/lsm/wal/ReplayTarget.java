package io.quorate.node.lsm.wal;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.io.IOException;

/** Receives the writes of a log that is replayed, in their order. */
public interface ReplayTarget {
    void replay(Key key, Record record) throws IOException;
}
