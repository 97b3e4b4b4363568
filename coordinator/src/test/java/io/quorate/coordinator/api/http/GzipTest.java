package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipTest {
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "gzip, deflate, br", "br;q=1.0, gzip;q=0.5", "*", "deflate, *;q=0.1"})
    void aClientThatTakesItGetsIt(String acceptEncoding) {
        assertTrue(Gzip.accepts(acceptEncoding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "x-gzip-like", ";"})
    void allOthersDoNot(String acceptEncoding) {
        assertFalse(Gzip.accepts(acceptEncoding));
    }

    @Test
    void theBytesComeBack() throws IOException {
        byte[] text = "one line of many\n".repeat(10_000).getBytes(UTF_8);
        byte[] compressed = Gzip.compress(text);
        assertTrue(compressed.length < text.length / 50);
        assertEquals(
                new String(text, UTF_8),
                new String(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes(), UTF_8));
    }
}
