package io.quorate.deploy.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
        TextTable table =
                new TextTable("NODE", "BYTES", "STATE").row("n1", 5, "value").row("node-2", "1,234", "");
        assertEquals(List.of("NODE    BYTES  STATE", "n1          5  value", "node-2  1,234"), table.lines());
    }

    @Test
    void onATerminalThatIsTooNarrowEachRowBecomesLines() {
        TextTable table =
                new TextTable("NODE", "STATE", "TROUBLE").row("n1", "up", "").row("n2", "down", "gone");

        assertEquals(table.lines(), table.lines(terminal(20, true)));
        assertEquals(table.lines(), table.lines(terminal(19, false)), "a file has no width");
        assertEquals(
                List.of("n1", "  STATE    up", "n2", "  STATE    down", "  TROUBLE  gone"),
                table.lines(terminal(19, true)));
        assertEquals(List.of("LONG  HEADING"), new TextTable("LONG", "HEADING").lines(terminal(5, true)), "no silence");
    }

    @Test
    void aWordOfTheLastColumnHasToFitAndASentenceMayGoOnInTheNextLine() {
        TextTable words = new TextTable("NODE", "VERSION").row("n1", "1a22f378fda0000.1.0");
        assertEquals(words.lines(), words.lines(25));
        assertEquals(List.of("n1", "  VERSION  1a22f378fda0000.1.0"), words.lines(24));

        TextTable sentence = new TextTable("NODE", "TROUBLE").row("n1", "does not answer since ten seconds");
        assertEquals(sentence.lines(), sentence.lines(13));
    }

    private static Terminal terminal(int columns, boolean out) {
        return new Terminal(out, out, out, columns, false);
    }

    @Test
    void aCellCannotMoveTheCursor() {
        assertEquals(
                "a\\u001B[2Jb\\n",
                new TextTable("X").row("a\u001b[2Jb\n").lines().get(1));
    }

    @Test
    void aRowOfAnotherWidthIsADefect() {
        TextTable table = new TextTable("A", "B");
        assertThrows(IllegalArgumentException.class, () -> table.row("a"));
    }
}
