package io.quorate.deploy.data.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Key;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a line of an export, and what is not. */
class TransferLineTest {
    private static TransferLine parse(String line) {
        return TransferLine.parse(line.getBytes(UTF_8));
    }

    @Test
    void aKeyWithItsValueItsTypeAndTheEndOfItsLife() {
        KeyLine line = (KeyLine) parse("{\"key\":\"a\",\"version\":\"1.2.3.0\",\"contentType\":\"text/plain\","
                + "\"expiresAt\":\"2026-11-29T15:00:00.250Z\",\"expiresInMs\":7,\"value\":\"v\u00e4lue\"}");
        assertEquals(Key.of("a".getBytes(UTF_8)), line.key());
        assertEquals("v\u00e4lue", new String(line.value(), UTF_8));
        assertEquals("text/plain", line.contentType());
        assertEquals(Optional.of(Instant.parse("2026-11-29T15:00:00.250Z")), line.expiresAt());
    }

    @Test
    void bytesThatAreNoTextStandInBase64() {
        KeyLine line = (KeyLine) parse("{\"key64\":\"AP8=\",\"value64\":\"/w==\"}");
        assertArrayEquals(new byte[] {0, (byte) 0xff}, line.key().bytes());
        assertArrayEquals(new byte[] {(byte) 0xff}, line.value());
        assertEquals("application/octet-stream", line.contentType());
        assertEquals(Optional.empty(), line.expiresAt());
    }

    @Test
    void anEndIsReadAsItIsWritten() {
        EndLine end = new EndLine(17);
        assertEquals(end, TransferLine.parse(end.bytes()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":\"a\",\"val | is no JSON",
                "{\"key\":\"a\",\"value\":\"v\"}{\"key\":\"b\",\"value\":\"v\"} | is no JSON",
                "{\"key\":\"a\",\"key\":\"b\",\"value\":\"v\"} | is no JSON",
                "'' | is no JSON object",
                "[1] | is no JSON object",
                "{\"key\":\"a\"} | has neither of 'value' and 'value64'",
                "{\"key\":\"a\",\"key64\":\"YQ==\",\"value\":\"v\"} | has both of 'key' and 'key64'",
                "{\"key\":\"a\",\"value\":1} | has a 'value' that is no text",
                "{\"key\":\"a\",\"value\":\"v\",\"ttl\":\"1s\"} | has the unknown field 'ttl'",
                "{\"key\":\"a\",\"value\":\"v\",\"expiresAt\":\"soon\"} | has an expiresAt that is no instant such as 2026-11-29T15:00:00Z",
                "{\"key\":\"a\",\"value\":\"v\",\"contentType\":\"\"} | has a contentType that is not printable ASCII",
                "{\"end\":true} | has the field 'end', but is no end: {\"end\":true,\"keys\":N}"
            })
    void aLineFromWhichSomethingWouldBeLostIsRefused(String line, String why) {
        assertEquals(
                why,
                assertThrows(IllegalArgumentException.class, () -> parse(line)).getMessage());
    }
}
