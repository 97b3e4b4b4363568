package io.quorate.deploy.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTextTest {
    @Test
    void textStaysTextAndWhatATerminalObeysIsEscaped() {
        assertEquals(
                "gr\u00fc\u00dfe \ud83d\ude00", PrintableText.bytes("gr\u00fc\u00dfe \ud83d\ude00".getBytes(UTF_8)));
        assertEquals("\\u001B]0;x\\u0007\\t\\u009B", PrintableText.text("\u001b]0;x\u0007\t\u009b"));
        assertEquals("\\u202Egnp.exe", PrintableText.text("\u202egnp.exe"));
    }

    @Test
    void bytesThatAreNoTextAreHexadecimal() {
        assertEquals("a\\xFF\\x00\\x5C", PrintableText.bytes(new byte[] {'a', (byte) 0xff, 0, '\\'}));
    }

    @Test
    void aLongTextEndsWithDotsAndNeverInTheMiddleOfACharacter() {
        assertEquals("abc", PrintableText.shortened("abc", 3));
        assertEquals("a...", PrintableText.shortened("abcdef", 4));
        assertEquals("...", PrintableText.shortened("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 4));
    }
}
