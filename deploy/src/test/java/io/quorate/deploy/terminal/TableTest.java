package io.quorate.deploy.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
        Table table = new Table("NODE", "BYTES", "STATE").row("n1", 5, "value").row("node-2", "1,234", "");
        assertEquals(List.of("NODE    BYTES  STATE", "n1          5  value", "node-2  1,234"), table.lines());
    }

    @Test
    void aCellCannotMoveTheCursor() {
        assertEquals(
                "a\\u001B[2Jb\\n", new Table("X").row("a\u001b[2Jb\n").lines().get(1));
    }

    @Test
    void aRowOfAnotherWidthIsADefect() {
        Table table = new Table("A", "B");
        assertThrows(IllegalArgumentException.class, () -> table.row("a"));
    }
}
