package io.quorate.deploy.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an answer begins and ends. */
class HttpResponseTest {
    @Test
    void aBodyEndsWhereItsLengthOrItsLastChunkOrItsConnectionEnds() throws IOException {
        assertEquals("abc", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));
        assertEquals(
                "abcdef",
                body("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3;x=1\r\ndef\r\n0\r\n\r\n"));
        assertEquals("abcdef", body("HTTP/1.0 200 OK\r\n\r\nabcdef"));
        assertEquals("", body("HTTP/1.1 204 No Content\r\n\r\nabcdef"));
    }

    @Test
    void anAnswerThatIsOnlyForNowIsPassedOver() throws IOException {
        HttpResponse response = read(
                "HTTP/1.1 100 Continue\r\nA: 1\r\n\r\nHTTP/1.1 404 Not Found\r\nETag:  x \r\nContent-Length: 0\r\n\r\n");

        assertEquals(404, response.status());
        assertEquals(Map.of("Content-Length", "0", "ETag", "x"), response.headers());
        assertEquals("x", response.headers().get("etag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\n\r\nab",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nab",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
            })
    void aBodyThatIsCutFails(String cut) {
        assertThrows(EOFException.class, () -> body("HTTP/1.1 200 OK\r\n" + cut));
    }

    /** A version that is cut short would look like another one, and an answer without its length like an empty one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "ETag: \"1a209c4ae030000.c0",
                "Content-Length: 12",
                "Content-Length: 12\r\n\r"
            })
    void aHeadThatIsCutFails(String cut) {
        assertThrows(EOFException.class, () -> read("HTTP/1.1 200 OK\r\n" + cut));
    }

    @Test
    void aSizeOfAChunkThatIsCutIsNotTheEnd() {
        assertThrows(
                EOFException.class, () -> body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "\025\003\003",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"
            })
    void whatIsNoAnswerOfHttpIsRefused(String bytes) {
        assertThrows(NoHttpException.class, () -> read(bytes));
    }

    @Test
    void aRequestTakesNoLineBreakInItsHead() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpRequest("GET", "/v1", "n1:7001", Map.of("A", "b\r\nC: d"), null));
    }

    private static String body(String answer) throws IOException {
        return new String(read(answer).body().readAllBytes(), ISO_8859_1);
    }

    private static HttpResponse read(String answer) throws IOException {
        return HttpResponse.read(new ByteArrayInputStream(answer.getBytes(ISO_8859_1)));
    }
}
