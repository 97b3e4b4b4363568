package io.quorate.benchmark.store;

import java.util.Optional;

/** A store under test. Safe for use by several threads, but for {@link #put}, which is for one. */
interface Engine extends AutoCloseable {
    /**
     * Writes as fast as the engine takes it. RocksDB has the write in its log and memtable when this returns, and never
     * forces the log. Quorate has no such mode. It has accepted the write, forces it with others soon, and only then
     * shows it. {@link QuorateEngine#IN_FLIGHT_MAX} writes may be on their way.
     */
    void put(byte[] key, byte[] value);

    /** Returns when all of those are as durable as the engine makes them. */
    void awaitPuts();

    /** Returns when the write is forced to disk and readers see it. */
    void putSynced(byte[] key, byte[] value);

    Optional<byte[]> get(byte[] key);

    /**
     * Opens an iterator, seeks, and takes key and value of each entry.
     *
     * @return how many entries there were, {@code count} at most
     */
    int scan(byte[] from, int count);

    /** Whether flushes or merges run or are due. */
    boolean isAtWork();

    /** What was written to tables since the store was opened, and what they hold now. */
    TableBytes tables();

    @Override
    void close();
}
