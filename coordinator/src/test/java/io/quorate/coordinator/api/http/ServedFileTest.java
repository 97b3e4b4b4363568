package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.console.HttpServerUnderTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class ServedFileTest {
    private static final String HOST = "Host: localhost";
    private static final String GZIP = "Accept-Encoding: gzip";
    private static final String TEXT = "a line\n".repeat(1_000);

    @Test
    void aTextIsCompressedForAClientThatTakesThat() throws IOException {
        String plain = answer(TEXT, "text/plain", "GET /", HOST);
        assertTrue(plain.endsWith(TEXT) && !plain.contains("content-encoding"), plain);
        String compressed = answer(TEXT, "text/plain", "GET /", HOST, GZIP);
        assertTrue(compressed.contains("content-encoding: gzip\r\n"), compressed);
        assertTrue(compressed.length() < 1_000);
        assertEquals(TEXT, decompressed(compressed));
    }

    /** A cache that does not look at it would give a compressed file to a client that takes none. */
    @Test
    void bothFormsSayWhatTheyDependOnAndHaveATagOfTheirOwn() throws IOException {
        String plain = answer(TEXT, "text/plain", "GET /", HOST);
        String compressed = answer(TEXT, "text/plain", "HEAD /", HOST, GZIP);
        assertTrue(plain.contains("vary: accept-encoding\r\n"), plain);
        assertTrue(compressed.contains("vary: accept-encoding\r\n"), compressed);
        assertNotEquals(tag(plain), tag(compressed));
        String known = answer(TEXT, "text/plain", "GET /", HOST, GZIP, "If-None-Match: " + tag(compressed));
        assertTrue(known.startsWith("HTTP/1.1 304 ") && !known.contains("content-encoding"), known);
        String other = answer(TEXT, "text/plain", "GET /", HOST, GZIP, "If-None-Match: " + tag(plain));
        assertTrue(other.startsWith("HTTP/1.1 200 "), other);
    }

    @Test
    void aShortTextAndAPictureGoAsTheyAre() throws IOException {
        assertFalse(answer("short", "text/plain", "GET /", HOST, GZIP).contains("gzip"));
        assertFalse(answer(TEXT, "image/png", "GET /", HOST, GZIP).contains("gzip"));
        assertTrue(answer(TEXT, "image/svg+xml", "GET /", HOST, GZIP).contains("gzip"));
    }

    private static String answer(String text, String contentType, String request, String... headers)
            throws IOException {
        ServedFile file = ServedFile.of(text.getBytes(UTF_8), contentType);
        try (HttpServerUnderTest server = new HttpServerUnderTest(loop -> file::send)) {
            return server.answer(request, headers);
        }
    }

    private static String decompressed(String answer) throws IOException {
        byte[] body = answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), UTF_8);
    }

    private static String tag(String answer) {
        Matcher tag = Pattern.compile("etag: (\"[^\"]+\")").matcher(answer);
        assertTrue(tag.find(), answer);
        return tag.group(1);
    }
}
