package io.quorate.common.statistics;

import static io.quorate.common.statistics.Figure.FigureKind.COUNTER;
import static io.quorate.common.statistics.Figure.FigureKind.GAUGE;
import static io.quorate.common.statistics.Figure.FigureUnit.BYTES;
import static io.quorate.common.statistics.Figure.FigureUnit.COUNT;

import io.quorate.common.model.Coded;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The numbers of one level of tables, each with its place on the wire as its code. */
public enum LevelFigure implements Coded {
    TABLE_COUNT(
            0,
            new Figure<>(
                    "tableCount", COUNT, GAUGE, "level.tables", "How many tables are live", each -> each.tableCount())),
    TABLE_BYTES(
            1,
            new Figure<>(
                    "tableBytes",
                    BYTES,
                    GAUGE,
                    "level.bytes",
                    "How long the live tables are",
                    each -> each.tableBytes())),
    WRITTEN_BYTES(
            2,
            new Figure<>(
                    "writtenBytes",
                    BYTES,
                    COUNTER,
                    "compacted.bytes",
                    "Bytes written to tables from tables, by the level that was written to",
                    each -> each.writtenBytes()));

    /** In the order of the wire. */
    public static final List<LevelFigure> BY_CODE = Arrays.stream(values())
            .sorted(Comparator.comparingInt(LevelFigure::code))
            .toList();

    private final int code;
    private final Figure<LevelFigures> figure;

    LevelFigure(int code, Figure<LevelFigures> figure) {
        this.code = code;
        this.figure = figure;
    }

    @Override
    public int code() {
        return code;
    }

    public Figure<LevelFigures> figure() {
        return figure;
    }

    /** The figures of a level that have these values. */
    public static LevelFigures figuresOf(ToLongFunction<LevelFigure> values) {
        return new LevelFigures(
                values.applyAsLong(TABLE_COUNT), values.applyAsLong(TABLE_BYTES), values.applyAsLong(WRITTEN_BYTES));
    }
}
