package io.quorate.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.origin.Origins;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConsoleFilesTest {
    private static final String HOST = "Host: n1";

    private final HttpServerUnderTest server;

    ConsoleFilesTest() throws IOException {
        Origins origins = new Origins(List.of(new HttpAddress("10.0.0.1", 7001), new HttpAddress("::1", 7002)));
        ConsoleFiles files = ConsoleFiles.read("console-under-test", origins);
        server = new HttpServerUnderTest(loop -> HttpServerUnderTest.of(files));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePageIsAtTheRootAndRunsOnlyWhatThisNodeServes() throws IOException {
        String answer = server.answer("GET /", HOST);
        assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.contains("<title>the page</title>"), answer);
        assertTrue(answer.contains("content-type: text/html; charset=utf-8"), answer);
        assertTrue(
                answer.contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"
                        + " img-src 'self' data:; font-src 'self'; connect-src 'self' http://10.0.0.1:7001;"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'; trusted-types 'none'\r\n"),
                answer);
        assertTrue(answer.contains("Referrer-Policy: no-referrer\r\n"), answer);
    }

    @Test
    void otherFilesAreBelowConsole() throws IOException {
        String answer = server.answer("GET /console/js/start.js", HOST);
        assertTrue(answer.contains("content-type: text/javascript"), answer);
        assertTrue(answer.endsWith("\"use strict\";\n"), answer);
    }

    @Test
    void chartsComeFromTheirJarWithoutItsVersionInThePath() throws IOException {
        assertTrue(server.answer("GET /console/lib/uplot/uPlot.min.css", HOST).contains(".uplot"));
        assertTrue(server.answer("GET /console/lib/uplot/uPlot.esm.js", HOST).contains("200 OK"));
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws IOException {
        Matcher tag = Pattern.compile("etag: (\"[^\"]+\")").matcher(server.answer("GET /", HOST));
        assertTrue(tag.find());
        String answer = server.answer("GET /", HOST, "If-None-Match: " + tag.group(1));
        assertTrue(answer.startsWith("HTTP/1.1 304 "), answer);
        assertFalse(answer.contains("<title>"), answer);
    }

    @Test
    void aHeadHasTheLengthAndNoBytes() throws IOException {
        String answer = server.answer("HEAD /", HOST);
        assertTrue(answer.contains("content-length: ") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void whatIsNotThereIsNotFoundWhateverItsPathSays() throws IOException {
        for (String path : List.of(
                "/console/", "/console/../console-under-test/index.html", "/console/%2e%2e/index.html", "/console/x")) {
            assertEquals("HTTP/1.1 404 Not Found", firstLine(server.answer("GET " + path, HOST)), path);
        }
        assertEquals("HTTP/1.1 405 Method Not Allowed", firstLine(server.answer("POST /", HOST)));
    }

    private static String firstLine(String answer) {
        return answer.lines().findFirst().orElse("");
    }
}
