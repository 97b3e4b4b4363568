package io.quorate.deploy.data.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.terminal.Terminal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScanTableTest {
    private static final String VERSION = "1a22f378fda0000.f386e51c5eae17a1.1.0";
    private static final ScanItem SHORT = item("a", "hello");
    private static final ScanItem LONG = item("a/key/of/39/characters/so/that/it/is/in", "a value that is too long");

    @Test
    void aLongKeyHasALineOfItsOwnAndTheColumnsStayBelowTheHeading() {
        assertEquals(
                List.of(
                        "KEY               VERSION                               VALUE",
                        "a                 " + VERSION + "  hello",
                        "a/key/of/39/characters/so/that/it/is/in",
                        "                              " + VERSION + "  a value t..."),
                lines(80, true, SHORT, LONG));
    }

    @Test
    void aTerminalTooNarrowForColumnsHasALineForEachCell() {
        assertEquals(
                List.of(
                        "a",
                        "  " + VERSION,
                        "  hello",
                        "a/key/of/39/characters/so/that/it/is/in",
                        "  " + VERSION,
                        "  a value th..."),
                lines(15, true, SHORT, LONG));
        assertEquals(List.of("a", "  " + VERSION), lines(40, false, SHORT));
    }

    @Test
    void aFileHasNoWidth() {
        ScanTable table = new ScanTable(new Terminal(false, false, false, 40, false), true);
        assertEquals(
                "a/key/of/39/characters/so/that/it/is/in  " + VERSION + "  a value that is too long\n",
                new String(table.row(LONG), UTF_8));
    }

    private static List<String> lines(int columns, boolean withValues, ScanItem... items) {
        ScanTable table = new ScanTable(new Terminal(true, true, true, columns, false), withValues);
        StringBuilder text = new StringBuilder(new String(table.heading(), UTF_8));
        for (ScanItem item : items) {
            text.append(new String(table.row(item), UTF_8));
        }
        return text.toString().lines().toList();
    }

    private static ScanItem item(String key, String value) {
        String line = "{\"key\":\"" + key + "\",\"version\":\"" + VERSION + "\",\"value\":\"" + value + "\"}";
        return new ScanItem(line, JsonText.strict(line.getBytes(UTF_8)));
    }
}
