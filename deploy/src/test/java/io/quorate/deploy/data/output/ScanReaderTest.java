package io.quorate.deploy.data.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.Terminal;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanReaderTest {
    private static final String ITEM = "{\"key\":\"it's\",\"version\":\"1.2.3.0\",\"value\":\"a\\u001bb\"}";

    @Test
    void aStreamThatSaysNextIsWhole() {
        ScanReader reader = read(ITEM, "{\"next\":null,\"items\":1}");
        assertEquals(1, reader.items());
        assertEquals(Optional.empty(), reader.requireWhole());
        assertEquals(Optional.of("abc"), read(ITEM, "{\"next\":\"abc\"}").requireWhole());
    }

    @Test
    void aStreamThatEndsWithoutALastLineWasCutAndGoesOnBehindItsLastKey() {
        assertEquals(
                "the scan was cut after 1 keys, which hold; go on with the same options and --after 'it'\\''s'",
                failureOf(read(ITEM)));
        assertTrue(failureOf(read(ITEM, "{\"key\":\"ha")).contains("cut after 1 keys"));
        assertTrue(failureOf(read()).endsWith("start again"));
        assertTrue(
                failureOf(read("{\"key64\":\"AP8=\",\"version\":\"1.2.3.0\"}")).endsWith("--after64 AP8="));
        assertTrue(
                failureOf(read("{\"key\":\"a\\nb\",\"version\":\"1.2.3.0\"}")).endsWith("--after64 YQpi"));
    }

    @Test
    void anErrorSaysWhereToGoOn() {
        assertEquals(
                "the scan ended after 1 keys, which hold: no quorum; go on with the same options and --cursor abc",
                failureOf(read(ITEM, "{\"error\":{\"detail\":\"no quorum\"},\"next\":\"abc\"}")));
    }

    @Test
    void aTableShortensValuesOnATerminalOnlyAndLetsNoneOfThemThrough() {
        ScanReader reader = new ScanReader(List.of(Optional.of(ITEM)).iterator()::next);
        ScanItem item = reader.next().orElseThrow();
        ScanTable table = new ScanTable(new Terminal(false, true, false, 70, true), true);
        assertEquals(
                "it's              1.2.3.0                               a\\u001Bb\n",
                new String(table.row(item), UTF_8));
        ScanTable keys = new ScanTable(new Terminal(false, false, false, 80, true), false);
        assertEquals("it's              1.2.3.0\n", new String(keys.row(item), UTF_8));
        assertEquals(ITEM + "\n", new String(item.json(), UTF_8));
    }

    private static String failureOf(ScanReader reader) {
        return assertThrows(CommandFailure.class, reader::requireWhole).getMessage();
    }

    private static ScanReader read(String... lines) {
        Iterator<String> rest = List.of(lines).iterator();
        ScanReader reader = new ScanReader(() -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty());
        while (reader.next().isPresent()) {}
        return reader;
    }
}
