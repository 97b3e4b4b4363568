package io.quorate.common.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.statistics.StoreFigures.LevelFigures;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreFiguresTest {
    @Test
    void everyFigureIsReadFromWhereItWasPut() {
        StoreFigures figures = StoreFigure.figuresOf(figure -> 100 + figure.code(), List.of());
        for (StoreFigure each : StoreFigure.values()) {
            assertEquals(100 + each.code(), each.figure().of(figures), each.name());
        }
        LevelFigures level = LevelFigure.figuresOf(figure -> 100 + figure.code());
        for (LevelFigure each : LevelFigure.values()) {
            assertEquals(100 + each.code(), each.figure().of(level), each.name());
        }
    }

    @Test
    void theCodesAreThePlacesOnTheWire() {
        for (int place = 0; place < StoreFigure.BY_CODE.size(); place++) {
            assertEquals(place, StoreFigure.BY_CODE.get(place).code());
        }
        for (int place = 0; place < LevelFigure.BY_CODE.size(); place++) {
            assertEquals(place, LevelFigure.BY_CODE.get(place).code());
        }
    }
}
