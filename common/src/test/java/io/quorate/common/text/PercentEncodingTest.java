package io.quorate.common.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a/b, a/b",
        "a%2Fb, a/b",
        "%61, a",
        "a+b, a+b",
        "%2B, +",
        "%C3%BC, ü",
        "ü, ü",
        "%25, %",
        "..%2f, ../"
    })
    void decodes(String encoded, String decoded) {
        assertArrayEquals(decoded.getBytes(UTF_8), PercentEncoding.decode(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%1", "%g0", "%0g", "% 1", "%-1"})
    void aPercentSignWithoutTwoDigitsIsRefusedWithItsPlace(String encoded) {
        String message = assertThrows(IllegalArgumentException.class, () -> PercentEncoding.decode(encoded))
                .getMessage();
        assertTrue(message.contains("position " + encoded.indexOf('%') + " "), message);
    }

    @ParameterizedTest
    @CsvSource({"a/b, a/b, a%2Fb", "ü, %C3%BC, %C3%BC", "a+b c&d, a%2Bb%20c%26d, a%2Bb%20c%26d", "-._~, -._~, -._~"})
    void encodesForAPathWithItsSlashesAndForAQueryWithoutAny(String text, String path, String query) {
        assertEquals(path, PercentEncoding.path(text.getBytes(UTF_8)));
        assertEquals(query, PercentEncoding.query(text.getBytes(UTF_8)));
    }

    @Test
    void everyByteCanBeWritten() {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
            encoded.append(String.format("%%%02x", i));
        }
        assertArrayEquals(bytes, PercentEncoding.decode(encoded.toString()));
    }

    @Test
    void everyByteThatIsEncodedIsDecodedAgain() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertArrayEquals(bytes, PercentEncoding.decode(PercentEncoding.path(bytes)));
        assertArrayEquals(bytes, PercentEncoding.decode(PercentEncoding.query(bytes)));
    }
}
