package io.quorate.common.statistics;

import static io.quorate.common.statistics.Figure.FigureKind.COUNTER;
import static io.quorate.common.statistics.Figure.FigureKind.GAUGE;
import static io.quorate.common.statistics.Figure.FigureUnit.BYTES;
import static io.quorate.common.statistics.Figure.FigureUnit.COUNT;
import static io.quorate.common.statistics.Figure.FigureUnit.MS;

import io.quorate.common.model.Coded;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The numbers of a store, each with its place on the wire as its code. A new one also gets a new protocol version. */
public enum StoreFigure implements Coded {
    MEMTABLE_BYTES(
            0,
            new Figure<>(
                    "memtableBytes", BYTES, GAUGE, "memtable.bytes", "What all memtables take", each -> each.memtables()
                            .bytes())),
    FROZEN_MEMTABLES(
            1,
            new Figure<>(
                    "frozenMemtables",
                    COUNT,
                    GAUGE,
                    "frozen.memtables",
                    "Memtables that wait for their flush",
                    each -> each.memtables().frozen())),
    TABLE_COUNT(2, new Figure<>("tableCount", COUNT, GAUGE, "Live tables", each -> each.tables()
            .count())),
    TABLE_BYTES(3, new Figure<>("tableBytes", BYTES, GAUGE, "Length of the live tables", each -> each.tables()
            .bytes())),
    QUEUED_BYTES(
            4,
            new Figure<>(
                    "queuedBytes",
                    BYTES,
                    GAUGE,
                    "queued.bytes",
                    "About how much waits for the log thread",
                    each -> each.writes().queuedBytes())),
    WRITES(5, new Figure<>("writes", COUNT, COUNTER, "writes", "Records that were applied", each -> each.writes()
            .count())),
    LOG_FORCES(
            6,
            new Figure<>(
                    "logForces",
                    COUNT,
                    COUNTER,
                    "Times that the log was forced for a group of writes",
                    each -> each.log().forces())),
    LOG_BYTES(7, new Figure<>("logBytes", BYTES, COUNTER, "log.bytes", "Bytes written to the log", each -> each.log()
            .bytes())),
    FLUSHED_BYTES(
            8,
            new Figure<>(
                    "flushedBytes",
                    BYTES,
                    COUNTER,
                    "flushed.bytes",
                    "Bytes written to tables from memtables",
                    each -> each.memtables().flushedBytes())),
    COMPACTED_BYTES(
            9,
            new Figure<>(
                    "compactedBytes", BYTES, COUNTER, "Bytes written to tables from tables", each -> each.compaction()
                            .writtenBytes())),
    USER_BYTES(
            10,
            new Figure<>(
                    "userBytes",
                    BYTES,
                    COUNTER,
                    "user.bytes",
                    "Length of the keys and values that were applied",
                    each -> each.writes().userBytes())),
    STALLS(
            11,
            new Figure<>(
                    "stalls",
                    COUNT,
                    COUNTER,
                    "stalls",
                    "Times that writes had to wait for the end of a flush or merge",
                    each -> each.pauses().stalls())),
    DELAYS(
            12,
            new Figure<>(
                    "delays",
                    COUNT,
                    COUNTER,
                    "delays",
                    "Short pauses of writes, for merges to catch up",
                    each -> each.pauses().delays())),
    DELAYED_MS(
            13,
            new Figure<>(
                    "delayedMs",
                    MS,
                    COUNTER,
                    "delayed.seconds",
                    "For how long writes were paused for merges to catch up",
                    each -> each.pauses().delayedMs())),
    GETS(14, new Figure<>("gets", COUNT, COUNTER, "gets", "Reads of one key", each -> each.reads()
            .gets())),
    TABLES_READ(
            15,
            new Figure<>(
                    "tablesRead",
                    COUNT,
                    COUNTER,
                    "tables.read",
                    "Tables looked into for reads of one key, beyond key range and filter",
                    each -> each.reads().tablesRead())),
    OPEN_SCANS(
            16,
            new Figure<>(
                    "openScans",
                    COUNT,
                    GAUGE,
                    "open.scans",
                    "Scans of the store that were not closed",
                    each -> each.reads().openScans())),
    /** A scan keeps every memtable and table of its moment. If this only grows, a scan was never closed. */
    OLDEST_SCAN_WRITES(
            17,
            new Figure<>(
                    "oldestScanWrites",
                    COUNT,
                    GAUGE,
                    "Writes applied since the oldest open scan began",
                    each -> each.reads().oldestScanWrites())),
    MERGES(18, new Figure<>("merges", COUNT, COUNTER, "merges", "Merges of tables that ended", each -> each.compaction()
            .merges())),
    TRIVIAL_MOVES(
            19,
            new Figure<>(
                    "trivialMoves",
                    COUNT,
                    COUNTER,
                    "trivial.moves",
                    "Tables that changed their level without being read",
                    each -> each.compaction().trivialMoves())),
    RUNNING_MERGES(
            20,
            new Figure<>(
                    "runningMerges", COUNT, GAUGE, "running.merges", "Merges on their way", each -> each.compaction()
                            .runningMerges())),
    DEBT_BYTES(
            21,
            new Figure<>(
                    "debtBytes",
                    BYTES,
                    GAUGE,
                    "compaction.debt.bytes",
                    "About how much is to be written until no merge is due",
                    each -> each.compaction().debtBytes()));

    /** In the order of the wire. */
    public static final List<StoreFigure> BY_CODE = Arrays.stream(values())
            .sorted(Comparator.comparingInt(StoreFigure::code))
            .toList();

    private final int code;
    private final Figure<StoreFigures> figure;

    StoreFigure(int code, Figure<StoreFigures> figure) {
        this.code = code;
        this.figure = figure;
    }

    @Override
    public int code() {
        return code;
    }

    public Figure<StoreFigures> figure() {
        return figure;
    }

    /** The figures that have these values. */
    public static StoreFigures figuresOf(ToLongFunction<StoreFigure> values, List<StoreFigures.LevelFigures> levels) {
        return new StoreFigures(
                new StoreFigures.MemtableFigures(
                        values.applyAsLong(MEMTABLE_BYTES),
                        values.applyAsLong(FROZEN_MEMTABLES),
                        values.applyAsLong(FLUSHED_BYTES)),
                new StoreFigures.TableFigures(
                        values.applyAsLong(TABLE_COUNT), values.applyAsLong(TABLE_BYTES), List.copyOf(levels)),
                new StoreFigures.WriteFigures(
                        values.applyAsLong(WRITES), values.applyAsLong(USER_BYTES), values.applyAsLong(QUEUED_BYTES)),
                new StoreFigures.LogFigures(values.applyAsLong(LOG_FORCES), values.applyAsLong(LOG_BYTES)),
                new StoreFigures.PauseFigures(
                        values.applyAsLong(STALLS), values.applyAsLong(DELAYS), values.applyAsLong(DELAYED_MS)),
                new StoreFigures.ReadFigures(
                        values.applyAsLong(GETS),
                        values.applyAsLong(TABLES_READ),
                        values.applyAsLong(OPEN_SCANS),
                        values.applyAsLong(OLDEST_SCAN_WRITES)),
                new StoreFigures.CompactionFigures(
                        values.applyAsLong(COMPACTED_BYTES),
                        values.applyAsLong(MERGES),
                        values.applyAsLong(TRIVIAL_MOVES),
                        values.applyAsLong(RUNNING_MERGES),
                        values.applyAsLong(DEBT_BYTES)));
    }
}
