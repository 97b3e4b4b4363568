package io.quorate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void allKindsOfValuesAreRead() {
        assertEquals(
                Map.of("a", Arrays.asList(1.0, -2.5e3, true, false, null, List.of(), Map.of()), "b", "x"),
                Json.read(" {\"a\" : [1, -2.5e3,true,false,null,[],{}] , \"b\":\"x\"}\n"));
    }

    @Test
    void escapesAreRead() {
        assertEquals("\"\\/\b\f\n\r\tü\ud83d\ude00", Json.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\\ud83d\\ude00\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[1", "[1 2]", "{\"a\"}", "{a:1}", "\"", "\"\\x\"", "\"\\u12\"", "nul", "1 2", "-"})
    void whatIsNoJsonIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    }

    @Test
    void deepNestingIsRefusedAndEndsNoStack() {
        assertThrows(IllegalArgumentException.class, () -> Json.read("[".repeat(100_000)));
    }

    @Test
    void whatIsQuotedIsReadAgain() {
        for (String text : List.of("", "a\"b\\c", "\u0000\n\u001f", "ü\ud83d\ude00")) {
            assertEquals(text, Json.read(Json.quote(text)));
        }
    }
}
