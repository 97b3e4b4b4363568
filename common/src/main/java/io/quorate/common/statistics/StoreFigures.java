package io.quorate.common.statistics;

import java.util.List;

/**
 * The counts of a store since it was opened, and its contents now, by topic. The store reads the numbers one after the
 * other while it works. {@link StoreFigure} describes each of them.
 */
public record StoreFigures(
        MemtableFigures memtables,
        TableFigures tables,
        WriteFigures writes,
        LogFigures log,
        PauseFigures pauses,
        ReadFigures reads,
        CompactionFigures compaction) {
    public record MemtableFigures(long bytes, long frozen, long flushedBytes) {}

    /** @param levels from 0 on */
    public record TableFigures(long count, long bytes, List<LevelFigures> levels) {}

    public record LevelFigures(long tableCount, long tableBytes, long writtenBytes) {}

    public record WriteFigures(long count, long userBytes, long queuedBytes) {}

    public record LogFigures(long forces, long bytes) {}

    public record PauseFigures(long stalls, long delays, long delayedMs) {}

    public record ReadFigures(long gets, long tablesRead, long openScans, long oldestScanWrites) {}

    public record CompactionFigures(
            long writtenBytes, long merges, long trivialMoves, long runningMerges, long debtBytes) {}

    /** Bytes written to tables for each byte that users wrote. The log is not in it: it adds about one more. */
    public double writeAmplification() {
        long tableBytes = memtables.flushedBytes + compaction.writtenBytes;
        return writes.userBytes == 0 ? 0 : (double) tableBytes / writes.userBytes;
    }

    /** Tables looked into for each read of one key. */
    public double readAmplification() {
        return reads.gets == 0 ? 0 : (double) reads.tablesRead / reads.gets;
    }
}
