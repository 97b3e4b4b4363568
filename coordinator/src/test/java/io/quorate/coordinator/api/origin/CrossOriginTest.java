package io.quorate.coordinator.api.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.http.FailedRequest;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.console.HttpServerUnderTest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CrossOriginTest {
    private static final List<HttpAddress> MEMBERS =
            List.of(new HttpAddress("127.0.0.1", 7001), new HttpAddress("n2.example", 7002));
    private static final List<String> OTHERS = List.of("https://app.example", "http://localhost:3001");
    private static final Callers CALLERS =
            new Callers(new HostNames(List.of("n2.example", "proxy.example")), new Origins(MEMBERS, "http", OTHERS));
    private static final String HOST = "Host: n2.example:7002";
    private static final String MEMBER = "http://localhost:7001";
    private static final List<String> CHANGES = List.of("PUT", "DELETE", "POST");
    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "DELETE", "POST");

    private final AtomicInteger answered = new AtomicInteger();
    private final HttpServerUnderTest server = new HttpServerUnderTest(loop -> guarded(CALLERS.before(
            request -> {
                answered.incrementAndGet();
                request.response().end("answered");
            },
            AccessControl.none())));

    private static Handler<HttpServerRequest> guarded(Handler<HttpServerRequest> handler) {
        return request -> FailedRequest.guard(request.response(), () -> handler.handle(request));
    }

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
                "https://app.example",
                "http://localhost:3001",
            })
    void thePageOfAMemberOrOfAnAllowedOriginMayReadAndWrite(String origin) throws IOException {
        for (String site : List.of("X-None: 0", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: cross-site")) {
            for (String method : METHODS) {
                String answer =
                        server.answer(method + " /v1/kv/k", HOST, "Origin: " + origin, site, "Sec-Fetch-Dest: empty");
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                assertTrue(answer.contains("Access-Control-Allow-Origin: " + origin + "\r\n"), answer);
                assertTrue(answer.contains("Vary: Origin\r\n"), answer);
                assertEquals(
                        !OTHERS.contains(origin),
                        answer.contains("Access-Control-Allow-Credentials: true\r\n"),
                        answer);
                assertTrue(answer.contains("Access-Control-Expose-Headers: ETag, Quorate-Evidence"), answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, Sec-Fetch-Site: same-origin",
        "200, Origin: http://localhost:7001",
        "200, Origin: https://n2.example:7002",
        "403, X-None: 0",
        "403, Sec-Fetch-Mode: cors",
        "403, Origin: https://evil.example",
        "403, Origin: https://app.example",
        "403, Origin: http://localhost:3001",
        "403, Sec-Fetch-Site: same-site"
    })
    void aChangeByTheCookieOfASessionSaysWhichPageItIsFrom(int status, String header) throws IOException {
        for (String method : CHANGES) {
            String answer = server.answer(method + " /v1/kv/k", HOST, "Cookie: a=b; __Host-quorate-session=x", header);
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            String program = server.answer(method + " /v1/kv/k", HOST, "Cookie: a=b");
            assertTrue(program.startsWith("HTTP/1.1 200 "), "another cookie is none of ours");
        }
    }

    /** The cookie of a host goes to all of its ports, and with what a page on any of them asks for. */
    @Test
    void aPageOfAnAllowedOriginReadsNothingByTheSessionOfTheConsole() throws IOException {
        String answer = server.answer(
                "GET /v1/kv/k", HOST, "Origin: http://localhost:3001", "Cookie: __Host-quorate-session=x");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertEquals(0, answered.get());
    }

    @Test
    void aBrowserThatAsksFirstIsToldWhatAMembersPageMaySend() throws IOException {
        String answer = preflight(MEMBER);
        assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
        assertTrue(answer.contains("Access-Control-Allow-Methods: GET, HEAD, PUT, PATCH, DELETE, POST\r\n"), answer);
        assertTrue(answer.contains("Access-Control-Allow-Headers: Content-Type, If-Match, "), answer);
        assertTrue(answer.contains(", Authorization, "), answer);
        assertTrue(answered.get() == 0, "a preflight is no request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://127.0.0.1:7001",
                "http://127.0.0.1:7003",
                "http://127.0.0.1:7001.evil.example",
                "http://app.example",
                "https://app.example:444",
                "https://x.app.example",
                "https://app.example.evil",
                "HTTPS://APP.EXAMPLE",
                "*",
                "null",
            })
    void aStrangersPageMayWriteNothingAndReadsNothing(String origin) throws IOException {
        for (String method : CHANGES) {
            String answer = server.answer(method + " /v1/batch", HOST, "Origin: " + origin);
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.contains("Nothing was applied"), answer);
            assertTrue(answer.contains("httpPort"), answer);
        }
        assertTrue(answered.get() == 0, "a stranger's request came through");
        assertFalse(server.answer("GET /v1/kv/k", HOST, "Origin: " + origin).contains("Access-Control-"));
        assertFalse(preflight(origin).contains("Access-Control-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "made-up", ""})
    void whatABrowserSendsForAnotherSiteIsRefusedWithAnyMethod(String site) throws IOException {
        for (String method : METHODS) {
            for (String origin : List.of("X-None: 0", "Origin: null", "Origin: http://localhost:3000")) {
                String answer = server.answer(method + " /v1/kv/k", HOST, origin, "Sec-Fetch-Site: " + site);
                assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
                assertTrue(method.equals("HEAD") || answer.contains("(Sec-Fetch-Site: " + site + ")"), answer);
                assertFalse(answer.contains("Access-Control-"), answer);
            }
        }
        assertEquals(0, answered.get());
    }

    @ParameterizedTest
    @CsvSource({
        "GET /, navigate, document, 200",
        "GET /, navigate, iframe, 403",
        "GET /, no-cors, document, 403",
        "POST /, navigate, document, 403",
        "GET /?x=1, navigate, document, 200",
        "GET /v1/kv/k, navigate, document, 403",
        "GET /console/js/main.js, no-cors, script, 403",
    })
    void aLinkOnAnotherSiteMayOpenTheConsoleAlone(String request, String mode, String destination, int status)
            throws IOException {
        String answer = server.answer(
                request,
                HOST,
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: " + mode,
                "Sec-Fetch-Dest: " + destination);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    @ParameterizedTest
    @CsvSource({
        "/console/js/main.js, script, 200",
        "/console/icon.svg, image, 200",
        "/console/icon.svg, object, 403",
        "/console/js/main.js, serviceworker, 403",
        "/v1/kv/k, empty, 200",
        "/v1/kv/k, document, 200",
        "/v1/kv/k, script, 403",
        "/v1/kv/k, style, 403",
        "/v1/kv/k, image, 403",
        "/v1/kv/k, iframe, 403",
        "/v1/kv/k, object, 403",
        "/v1/kv/k, worker, 403",
        "/v1/kv/k, serviceworker, 403",
        "/v1/kv/k, xslt, 403",
        "/, iframe, 403",
    })
    void onlyTheConsolesFilesBecomeAPartOfAPageOfOurs(String path, String destination, int status) throws IOException {
        String answer =
                server.answer("GET " + path, HOST, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: " + destination);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    /** Otherwise a browser would send cookies and client certificates, and let the page read what they open. */
    @Test
    void onlyThePageOfAMemberMayUseCredentialsOfTheBrowser() throws IOException {
        assertTrue(preflight(MEMBER).contains("Allow-Credentials: true\r\n"));
        for (String origin : List.of("https://app.example", "http://evil.example")) {
            assertFalse(preflight(origin).contains("Allow-Credentials"));
            assertFalse(put(HOST, origin).contains("Allow-Credentials"));
            assertFalse(preflight(origin).contains("Allow-Origin: *"));
        }
    }

    @Test
    void aMembersPageGetsNoValueAsAScriptEither() throws IOException {
        String answer = server.answer(
                "GET /v1/kv/k", HOST, "Origin: " + MEMBER, "Sec-Fetch-Site: same-site", "Sec-Fetch-Dest: script");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }

    @Test
    void aPageOfThisAddressThroughAForwardedPortMayWrite() throws IOException {
        assertTrue(put("Host: 192.168.0.7:9999", "http://192.168.0.7:9999").contains("answered"));
        assertTrue(put("Host: localhost:9999", "http://localhost:9999").contains("answered"));
    }

    @Test
    void aPageOfANameOfOursMayWriteAlsoBehindAProxyWithTls() throws IOException {
        assertTrue(put("Host: proxy.example", "https://proxy.example").contains("answered"));
        assertTrue(put("Host: proxy.example:81", "http://proxy.example:81").contains("answered"));
    }

    @Test
    void aNameThatWasMadeToPointHereMayNot() throws IOException {
        assertTrue(put("Host: evil.example:7001", "http://evil.example:7001").startsWith("HTTP/1.1 403 "));
        assertTrue(
                put("Host: 127.0.0.1.evil:7001", "http://127.0.0.1.evil:7001").startsWith("HTTP/1.1 403 "));
        String read = server.answer("GET /v1/kv/k", "Host: evil.example:7001", "Sec-Fetch-Site: same-origin");
        assertTrue(read.startsWith("HTTP/1.1 403 ") && read.contains("httpNames"), read);
        assertEquals(0, answered.get());
    }

    @Test
    void theHostOfAUriGoesBeforeTheHeader() throws IOException {
        assertTrue(server.answer("GET http://evil.example/v1/kv/k", HOST).startsWith("HTTP/1.1 403 "));
        assertTrue(server.answer("GET http://proxy.example:7/v1/kv/k", HOST).contains("answered"));
        assertTrue(server.answer("OPTIONS *", HOST).contains("answered"));
        assertTrue(server.answer("OPTIONS *", "Host: evil.example").startsWith("HTTP/1.1 403 "));
    }

    @Test
    void healthIsAnsweredUnderAnyName() throws IOException {
        assertTrue(
                server.answer("GET /health/ready?x", "Host: balancer.example").contains("answered"));
        assertTrue(server.answer("GET /health/live", "Host: ").contains("answered"));
        assertTrue(server.answer("GET /healthy", "Host: balancer.example").startsWith("HTTP/1.1 403 "));
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
