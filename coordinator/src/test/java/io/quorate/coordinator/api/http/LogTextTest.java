package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LogTextTest {
    @Test
    void plainTextShowsAsItIs() {
        assertEquals("users/42?a=b c", LogText.of("users/42?a=b c"));
    }

    @Test
    void nothingBreaksTheLineOrItsQuotesOrTheTerminal() {
        assertEquals("a\\x0a2026-11-23 ERROR forged", LogText.of("a\n2026-11-23 ERROR forged"));
        assertEquals("\\x22\\x5c\\x1b[31m\\x7f", LogText.of("\"\\\u001b[31m\u007f"));
        assertEquals("\\xc3\\xa9", LogText.of("é"));
        assertEquals("\\x00\\xff", LogText.of(new byte[] {0, (byte) 0xff}));
    }

    @Test
    void aLongKeyIsShortenedAndItsLengthTold() {
        assertEquals("k".repeat(96) + "... (4096 bytes)", LogText.of("k".repeat(4096)));
        assertEquals("k".repeat(96), LogText.of("k".repeat(96)));
    }
}
