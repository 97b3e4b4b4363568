package io.quorate.common.statistics;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a store has done since it was opened, and what it holds, by topic. The store reads the numbers one after the
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

    public record LevelFigures(long tableCount, long tableBytes, long writtenBytes) {
        public static LevelFigures of(ToLongFunction<LevelFigure> values) {
            return new LevelFigures(
                    values.applyAsLong(LevelFigure.TABLE_COUNT),
                    values.applyAsLong(LevelFigure.TABLE_BYTES),
                    values.applyAsLong(LevelFigure.WRITTEN_BYTES));
        }
    }

    public record WriteFigures(long count, long userBytes, long queuedBytes) {}

    public record LogFigures(long forces, long bytes) {}

    public record PauseFigures(long stalls, long delays, long delayedMs) {}

    public record ReadFigures(long gets, long tablesRead, long openScans, long oldestScanWrites) {}

    public record CompactionFigures(
            long writtenBytes, long merges, long trivialMoves, long runningMerges, long debtBytes) {}

    /** The figures that have these values. */
    public static StoreFigures of(ToLongFunction<StoreFigure> values, List<LevelFigures> levels) {
        return new StoreFigures(
                new MemtableFigures(
                        values.applyAsLong(StoreFigure.MEMTABLE_BYTES),
                        values.applyAsLong(StoreFigure.FROZEN_MEMTABLES),
                        values.applyAsLong(StoreFigure.FLUSHED_BYTES)),
                new TableFigures(
                        values.applyAsLong(StoreFigure.TABLE_COUNT),
                        values.applyAsLong(StoreFigure.TABLE_BYTES),
                        List.copyOf(levels)),
                new WriteFigures(
                        values.applyAsLong(StoreFigure.WRITES),
                        values.applyAsLong(StoreFigure.USER_BYTES),
                        values.applyAsLong(StoreFigure.QUEUED_BYTES)),
                new LogFigures(values.applyAsLong(StoreFigure.LOG_FORCES), values.applyAsLong(StoreFigure.LOG_BYTES)),
                new PauseFigures(
                        values.applyAsLong(StoreFigure.STALLS),
                        values.applyAsLong(StoreFigure.DELAYS),
                        values.applyAsLong(StoreFigure.DELAYED_MS)),
                new ReadFigures(
                        values.applyAsLong(StoreFigure.GETS),
                        values.applyAsLong(StoreFigure.TABLES_READ),
                        values.applyAsLong(StoreFigure.OPEN_SCANS),
                        values.applyAsLong(StoreFigure.OLDEST_SCAN_WRITES)),
                new CompactionFigures(
                        values.applyAsLong(StoreFigure.COMPACTED_BYTES),
                        values.applyAsLong(StoreFigure.MERGES),
                        values.applyAsLong(StoreFigure.TRIVIAL_MOVES),
                        values.applyAsLong(StoreFigure.RUNNING_MERGES),
                        values.applyAsLong(StoreFigure.DEBT_BYTES)));
    }

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
