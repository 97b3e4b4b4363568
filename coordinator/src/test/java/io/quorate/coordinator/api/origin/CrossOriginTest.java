package io.quorate.coordinator.api.origin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.console.HttpServerUnderTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CrossOriginTest {
    private static final List<HttpAddress> MEMBERS =
            List.of(new HttpAddress("127.0.0.1", 7001), new HttpAddress("n2.example", 7002));
    private static final String HOST = "Host: n2.example:7002";

    private final AtomicInteger answered = new AtomicInteger();
    private final HttpServerUnderTest server =
            new HttpServerUnderTest(loop -> new CrossOrigin(new Origins(MEMBERS), request -> {
                answered.incrementAndGet();
                request.response().end("answered");
            }));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:7001",
                "http://localhost:7001",
                "http://[::1]:7001",
                "http://n2.example:7002",
            })
    void aMembersPageMayReadAndWrite(String origin) throws IOException {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "POST")) {
            String answer = server.answer(method + " /v1/kv/k", HOST, "Origin: " + origin);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("Access-Control-Allow-Origin: " + origin + "\r\n"), answer);
            assertTrue(answer.contains("Vary: Origin\r\n"), answer);
            assertTrue(answer.contains("Access-Control-Expose-Headers: ETag, Quorate-Evidence"), answer);
        }
    }

    @Test
    void aBrowserThatAsksFirstIsToldWhatAMembersPageMaySend() throws IOException {
        String answer = preflight("http://localhost:7001");
        assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
        assertTrue(answer.contains("Access-Control-Allow-Methods: GET, HEAD, PUT, DELETE, POST\r\n"), answer);
        assertTrue(answer.contains("Access-Control-Allow-Headers: Content-Type, If-Match, "), answer);
        assertTrue(answered.get() == 0, "a preflight is no request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://127.0.0.1:7001",
                "http://127.0.0.1:7003",
                "http://127.0.0.1:7001.evil.example",
                "null",
            })
    void aStrangersPageMayWriteNothingAndReadsNothing(String origin) throws IOException {
        for (String method : List.of("PUT", "DELETE", "POST")) {
            String answer = server.answer(method + " /v1/batch", HOST, "Origin: " + origin);
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.contains("Nothing was applied"), answer);
        }
        assertTrue(answered.get() == 0, "a stranger's request came through");
        assertFalse(server.answer("GET /v1/kv/k", HOST, "Origin: " + origin).contains("Access-Control-"));
        assertFalse(preflight(origin).contains("Access-Control-"));
    }

    @Test
    void aPageOfThisAddressThroughAForwardedPortMayWrite() throws IOException {
        assertTrue(put("Host: 192.168.0.7:9999", "http://192.168.0.7:9999").contains("answered"));
        assertTrue(put("Host: localhost:9999", "http://localhost:9999").contains("answered"));
    }

    @Test
    void aNameThatWasMadeToPointHereMayNot() throws IOException {
        assertTrue(put("Host: evil.example:7001", "http://evil.example:7001").startsWith("HTTP/1.1 403 "));
        assertTrue(
                put("Host: 127.0.0.1.evil:7001", "http://127.0.0.1.evil:7001").startsWith("HTTP/1.1 403 "));
    }

    @Test
    void whoIsNoPageIsNotHeldUp() throws IOException {
        assertTrue(server.answer("PUT /v1/kv/k", HOST).contains("answered"));
    }

    private String put(String host, String origin) throws IOException {
        return server.answer("PUT /v1/kv/k", host, "Origin: " + origin);
    }

    private String preflight(String origin) throws IOException {
        return server.answer("OPTIONS /v1/kv/k", HOST, "Origin: " + origin, "Access-Control-Request-Method: PUT");
    }
}
