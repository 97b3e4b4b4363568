package io.quorate.common.wire;

/**
 * How a replica's store is. What is counted is counted since the store was opened.
 *
 * @param room what its disk takes
 * @param memtableBytes about how much memory all memtables take; what they hold is in the log and in no table
 * @param frozenMemtables how many of them wait for their flush
 * @param tableCount sorted tables on disk
 * @param tableBytes their size
 * @param queuedBytes about how much waits for the log thread
 * @param writes how many writes were applied
 * @param logForces how often the log was forced for them
 * @param logBytes how much was written to the log
 * @param flushedBytes how much was written to tables from memtables
 * @param compactedBytes how much was written to tables from tables
 * @param stalls how often the log thread had to pause for a flush
 * @param openScans how many scans have not been closed
 * @param oldestScanWrites how many writes were applied since the oldest of those was opened
 */
public record StoreCondition(
        Room room,
        long memtableBytes,
        long frozenMemtables,
        long tableCount,
        long tableBytes,
        long queuedBytes,
        long writes,
        long logForces,
        long logBytes,
        long flushedBytes,
        long compactedBytes,
        long stalls,
        long openScans,
        long oldestScanWrites) {
    /** What a disk takes, the most first. */
    public enum Room {
        ALL,
        DELETES_ONLY,
        FULL
    }
}
