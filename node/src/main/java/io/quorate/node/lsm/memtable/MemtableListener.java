package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Record;

/** Is told of the records that come into a memtable, on the log thread. */
@FunctionalInterface
public interface MemtableListener {
    /** Does nothing. */
    MemtableListener NONE = (key, record) -> {};

    /**
     * A record becomes the newest of its key in this memtable. No reader sees it there yet.
     *
     * @param key with its keyspace before it
     */
    void newestInMemtable(byte[] key, Record record);
}
