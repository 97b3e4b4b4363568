package io.quorate.deploy.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void textStaysTextAndWhatATerminalObeysIsEscaped() {
        assertEquals("gr\u00fc\u00dfe \ud83d\ude00", Shown.bytes("gr\u00fc\u00dfe \ud83d\ude00".getBytes(UTF_8)));
        assertEquals("\\u001B]0;x\\u0007\\t\\u009B", Shown.text("\u001b]0;x\u0007\t\u009b"));
        assertEquals("\\u202Egnp.exe", Shown.text("\u202egnp.exe"));
    }

    @Test
    void bytesThatAreNoTextAreHexadecimal() {
        assertEquals("a\\xFF\\x00\\x5C", Shown.bytes(new byte[] {'a', (byte) 0xff, 0, '\\'}));
    }

    @Test
    void aLongTextEndsWithDotsAndNeverInTheMiddleOfACharacter() {
        assertEquals("abc", Shown.shortened("abc", 3));
        assertEquals("a...", Shown.shortened("abcdef", 4));
        assertEquals("...", Shown.shortened("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 4));
    }
}
