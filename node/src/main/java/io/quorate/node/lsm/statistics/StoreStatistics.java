package io.quorate.node.lsm.statistics;

import io.quorate.node.lsm.table.block.CacheStatistics;

/**
 * What a store has done since it was opened, and what it holds. The figures are read one after the other while work goes
 * on.
 *
 * @param memtableBytes about how much memory all memtables take
 * @param frozenMemtables how many of them wait for their flush
 * @param tables how many tables are live
 * @param tableBytes how long they are together
 * @param queuedBytes about how much waits for the log thread
 * @param writes how many writes were applied
 * @param userBytes how long their keys and values were
 * @param logForces how often the log was forced for them
 * @param logBytes how much was written to the log
 * @param flushedBytes how much was written to tables from memtables
 * @param compactedBytes how much was written to tables from tables
 * @param stalls how often the log thread had to pause until a flush or a merge had ended
 * @param stalledMs for how long, in milliseconds, without the pause that lasts now
 * @param delays how often it paused for a moment, to let merges and flushes catch up
 * @param delayedMs for how long, in milliseconds
 * @param gets how many reads of one key were answered
 * @param tablesRead how many tables were looked into for them, beyond key range and filter
 * @param openScans how many scans have not been closed
 * @param oldestScanWrites how many writes were applied since the oldest of those was opened: it keeps every memtable and
 *     table of its moment, so a number that only grows means that somebody forgot to close one
 */
public record StoreStatistics(
        long memtableBytes,
        int frozenMemtables,
        int tables,
        long tableBytes,
        long queuedBytes,
        long writes,
        long userBytes,
        long logForces,
        long logBytes,
        long flushedBytes,
        long compactedBytes,
        long stalls,
        long stalledMs,
        long delays,
        long delayedMs,
        long gets,
        long tablesRead,
        int openScans,
        long oldestScanWrites,
        CompactionStatistics compaction,
        CacheStatistics cache) {
    /** Bytes written to tables for each byte that users wrote; the log, which is about one more, is not in it. */
    public double writeAmplification() {
        return userBytes == 0 ? 0 : (double) (flushedBytes + compactedBytes) / userBytes;
    }

    /** Tables looked into for each read of one key. */
    public double readAmplification() {
        return gets == 0 ? 0 : (double) tablesRead / gets;
    }
}
