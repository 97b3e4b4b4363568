package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.console.HttpServerUnderTest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AnswerHeadersTest {
    private final RequestIds ids = new RequestIds(1);

    @Test
    void anAnswerBeginsWithItsIdAndTheHeadersForBrowsers() throws IOException {
        assertBegun(head(request -> request.response().end("text")));
    }

    /** The head of a value may be complete when there is no memory to send it. */
    @Test
    void anAnswerThatBeginsAnewKeepsThemAndLosesThoseOfTheValue() throws IOException {
        String head = head(request -> {
            request.response()
                    .putHeader("ETag", "\"1\"")
                    .putHeader("Content-Type", "text/html")
                    .putHeader("Content-Length", "100000")
                    .putHeader("Cache-Control", "no-cache")
                    .putHeader("Vary", "Origin")
                    .putHeader("Access-Control-Allow-Origin", "http://127.0.0.1:7001")
                    .putHeader("Access-Control-Expose-Headers", "ETag");
            PacedAnswer.refuseForMemory(request.response());
        });
        assertBegun(head);
        assertTrue(head.startsWith("http/1.1 429 "), head);
        assertTrue(head.contains("content-type: application/problem+json\r\n"), head);
        assertTrue(head.contains("access-control-allow-origin: http://127.0.0.1:7001\r\n"), head);
        assertTrue(head.contains("access-control-expose-headers: etag\r\n") && head.contains("vary: origin\r\n"), head);
        assertFalse(head.contains("etag: ") || head.contains("100000"), head);
    }

    private static void assertBegun(String head) {
        assertTrue(head.contains("quorate-request-id: mine\r\n"), head);
        assertTrue(head.contains("cache-control: no-store\r\n"), head);
        assertTrue(head.contains("x-content-type-options: nosniff\r\n"), head);
        assertTrue(head.contains("content-security-policy: sandbox; default-src 'none'\r\n"), head);
        assertTrue(head.contains("cross-origin-resource-policy: same-origin\r\n"), head);
    }

    /** In lower case. */
    private String head(Handler<HttpServerRequest> handler) throws IOException {
        try (HttpServerUnderTest server = new HttpServerUnderTest(loop -> request -> {
            AnswerHeaders.begin(request, ids);
            handler.handle(request);
        })) {
            String answer = server.answer("GET /", "Host: localhost", "X-Request-Id: mine");
            return answer.substring(0, answer.indexOf("\r\n\r\n") + 2).toLowerCase(Locale.ROOT);
        }
    }
}
