package io.quorate.common.wire;

import io.quorate.common.model.DiskSpace;
import java.util.List;

/**
 * How a replica's store is. What is counted is counted since the store was opened.
 *
 * @param diskSpace what its disk has space for
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
 * @param userBytes how long the keys and values of the writes were
 * @param stalls how often the log thread had to pause until a flush or a merge had ended
 * @param delays how often it paused for a moment, to let merges and flushes catch up
 * @param delayedMs for how long, together
 * @param gets how many reads of one key were answered
 * @param tablesRead how many tables were looked into for them, beyond key range and filter
 * @param openScans how many scans have not been closed
 * @param oldestScanWrites how many writes were applied since the oldest of those was opened
 * @param merges how many merges were brought to their end
 * @param trivialMoves how many tables changed their level without being read
 * @param runningMerges how many merges are on their way
 * @param debtBytes about how much is to be written until no merge is due
 * @param levels from 0 on
 */
public record StoreStatus(
        DiskSpace diskSpace,
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
        long userBytes,
        long stalls,
        long delays,
        long delayedMs,
        long gets,
        long tablesRead,
        long openScans,
        long oldestScanWrites,
        long merges,
        long trivialMoves,
        long runningMerges,
        long debtBytes,
        List<LevelStatus> levels) {
    /**
     * A level of the tables.
     *
     * @param writtenBytes how much merges have written to it
     */
    public record LevelStatus(long tableCount, long tableBytes, long writtenBytes) {}

    /** Bytes written to tables for each byte that users wrote; the log, which is about one more, is not in it. */
    public double writeAmplification() {
        return userBytes == 0 ? 0 : (double) (flushedBytes + compactedBytes) / userBytes;
    }

    /** Tables looked into for each read of one key. */
    public double readAmplification() {
        return gets == 0 ? 0 : (double) tablesRead / gets;
    }
}
