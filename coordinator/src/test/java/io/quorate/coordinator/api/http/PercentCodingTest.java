package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodingTest {
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
        assertArrayEquals(decoded.getBytes(UTF_8), PercentCoding.decode(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%1", "%g0", "%0g", "% 1", "%-1"})
    void aPercentSignWithoutTwoDigitsIsRefused(String encoded) {
        assertEquals(
                400,
                assertThrows(BadRequest.class, () -> PercentCoding.decode(encoded))
                        .status());
    }

    @Test
    void everyByteCanBeWritten() {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
            encoded.append(String.format("%%%02x", i));
        }
        assertArrayEquals(bytes, PercentCoding.decode(encoded.toString()));
    }
}
