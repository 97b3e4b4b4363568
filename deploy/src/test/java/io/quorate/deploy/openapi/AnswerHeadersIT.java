package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every operation of the document has the headers for browsers on every answer. {@code OpenApiIT} checks the same for
 * each status that the document names.
 */
final class AnswerHeadersIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private static final String HOST = "Host: localhost\r\n";
    private static final String NO_BODY = "Content-Length: 0\r\n";
    private static final String POLICY = "content-security-policy";
    private static final List<String> CONSOLE = List.of("/", "/console/{file}");

    /** Probes may use any name. */
    private static final String ANOTHER_HOST = "403 another host";

    /** What is wrong with a request, by the status of its answer. The value stands behind the request line. */
    private static final Map<String, String> WRONG = new TreeMap<>(Map.of(
            ANOTHER_HOST,
            "Host: rebound.example\r\n" + NO_BODY,
            "403 a page of another site",
            HOST + NO_BODY + "Sec-Fetch-Site: cross-site\r\n",
            "403 a page of another port",
            HOST + NO_BODY + "Sec-Fetch-Site: same-site\r\n",
            "403 a page of another origin",
            HOST + NO_BODY + "Sec-Fetch-Site: cross-site\r\nOrigin: http://evil.example\r\n",
            "403 a part of a page",
            HOST + NO_BODY + "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Dest: object\r\n",
            "400 no host",
            NO_BODY,
            "400 two hosts",
            HOST + HOST + NO_BODY,
            "400 two lengths",
            HOST + "Content-Length: 1\r\nContent-Length: 2\r\n",
            "501 an unknown coding",
            HOST + "Transfer-Encoding: gzip, chunked\r\n",
            "431 long headers",
            HOST + "X-Long: " + "x".repeat(9 << 10) + "\r\n"));

    @TestFactory
    Stream<DynamicTest> everyOperation() {
        ApiDocument document = ApiDocument.servedBy(CLUSTER.client(), CLUSTER.node(1));
        assertTrue(document.operations().size() > 20, "the document is read");
        return document.operations().stream()
                .map(operation -> dynamicTest(operation.id(), () -> everyAnswerOf(operation)));
    }

    private static void everyAnswerOf(ApiOperation operation) throws IOException {
        String path = operation.template().equals("/console/{file}") ? "/console/js/main.js" : pathOf(operation, "k");
        assertHeaders(operation, path + "?nonsense=1", HOST + NO_BODY);
        assertHeaders(operation, path, HOST + NO_BODY + "Content-Encoding: gzip\r\n");
        assertHeaders(
                operation,
                path,
                HOST + NO_BODY + "Origin: http://localhost:" + CLUSTER.node(2).httpPort() + "\r\n");
        Answer usual = assertHeaders(operation, path, HOST + NO_BODY);
        assertEquals(CONSOLE.contains(operation.template()), !isSandboxed(usual), operation.id());
        for (Map.Entry<String, String> wrong : WRONG.entrySet()) {
            Answer answer = assertHeaders(operation, path, wrong.getValue());
            boolean isExempt = operation.template().startsWith("/health/")
                    && wrong.getKey().equals(ANOTHER_HOST);
            assertEquals(
                    isExempt ? 200 : Integer.parseInt(wrong.getKey().substring(0, 3)), answer.status(), wrong.getKey());
            assertTrue(isSandboxed(answer), wrong.getKey());
            if (!isExempt) {
                assertProblem(operation, answer);
            }
        }
        if (operation.method() != HttpMethod.GET && operation.method() != HttpMethod.HEAD) {
            // An older browser, or a node that is neither local nor has TLS.
            assertEquals(
                    403,
                    assertHeaders(operation, path, HOST + NO_BODY + "Origin: null\r\n")
                            .status());
        }
        assertEquals(405, send("PROPFIND " + path, HOST + NO_BODY).status());
        assertEquals(204, send("OPTIONS " + path, HOST + NO_BODY).status());
        if (operation.template().contains("{key}")) {
            assertEquals(
                    414,
                    assertHeaders(operation, pathOf(operation, "k".repeat(4097)), HOST + NO_BODY)
                            .status());
        }
    }

    private static void assertProblem(ApiOperation operation, Answer answer) {
        if (operation.method() == HttpMethod.HEAD) {
            return;
        }
        assertEquals("application/problem+json", answer.headers().get("content-type"));
        JsonObject problem = new JsonObject(answer.body());
        assertEquals(answer.headers().get("quorate-request-id"), problem.getString("requestId"));
        assertTrue(problem.getString("detail").endsWith("Nothing was applied"), answer.body());
    }

    @Test
    void whatHasNoRouteOrIsNoRequest() throws IOException {
        send("GET /v2", HOST);
        send("OPTIONS *", HOST);
        send("GET " + "/long".repeat(9 << 10), HOST);
        send("these bytes are none", HOST);
        send("GET ?", HOST);
        send("CONNECT localhost:1", HOST);
        send("PUT /v1/kv/long", HOST + "Content-Length: 99999999\r\n");
    }

    private static Answer assertHeaders(ApiOperation operation, String uri, String headers) throws IOException {
        return send(operation.method() + " " + uri, headers, operation.method() == HttpMethod.HEAD);
    }

    private static Answer send(String request, String headers) throws IOException {
        return send(request, headers, false);
    }

    /** The answer, after a look at its headers. A stream of events has only a head here. */
    private static Answer send(String request, String headers, boolean isHead) throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send(request + " HTTP/1.1\r\n" + headers + "\r\n");
            Answer answer = isHead ? connection.answerToHead() : connection.answer();
            String what = request + "\n" + headers + "\n" + answer;
            assertEquals("nosniff", answer.headers().get("x-content-type-options"), what);
            assertEquals("same-origin", answer.headers().get("cross-origin-resource-policy"), what);
            assertTrue(answer.headers().containsKey("quorate-request-id"), what);
            assertTrue(answer.headers().containsKey("cache-control"), what);
            assertTrue(isSandboxed(answer) || isOfConsole(answer), what);
            return answer;
        }
    }

    private static boolean isSandboxed(Answer answer) {
        return "sandbox; default-src 'none'".equals(answer.headers().get(POLICY));
    }

    private static boolean isOfConsole(Answer answer) {
        return String.valueOf(answer.headers().get(POLICY)).startsWith("default-src 'none'; script-src 'self'; ");
    }

    private static String pathOf(ApiOperation operation, String key) {
        return operation
                .template()
                .replace("{key}", key)
                .replace("{idempotency-key}", "1")
                .replace("{file}", "index.html")
                .replace("{id}", "n1");
    }
}
