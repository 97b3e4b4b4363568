package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request whose head breaks a rule of RFC 9112 changes nothing, and its problem says which rule. */
final class RequestHeadIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private static final String PUT = "PUT /v1/kv/malformed HTTP/1.1\r\n";

    private final KvClient client = CLUSTER.client();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\n\r\nv",
                "Host: localhost\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nv",
                "Host: a\r\nHost: b\r\nContent-Length: 1\r\n\r\nv",
                "Host: a/b\r\nContent-Length: 1\r\n\r\nv",
                "Host: user@a\r\nContent-Length: 1\r\n\r\nv",
                "Host: localhost\r\nContent-Length: one\r\n\r\nv",
                "Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nv",
                "Host: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Host : a\r\nContent-Length: 1\r\n\r\nv"
            })
    void aMalformedHeadIsAProblem(String rest) throws IOException {
        assertRefused(400, PUT + rest);
    }

    /** Without chunked as the last coding nobody knows where the body ends: RFC 9112, section 6.3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "501: gzip, chunked",
                "501: deflate, chunked",
                "400: gzip",
                "400: chunked, gzip",
                "400: identity",
                "400: chunked, chunked"
            })
    void aTransferEncodingOtherThanChunkedIsRefused(int status, String coding) throws IOException {
        assertRefused(status, PUT + "Host: localhost\r\nTransfer-Encoding: " + coding + "\r\n\r\n1\r\nv\r\n0\r\n\r\n");
    }

    /** The client may wait for more than that its body is wanted: RFC 9110, section 10.1.1. */
    @ParameterizedTest
    @ValueSource(strings = {"Expect: banana", "Expect: 100-continue\r\nExpect: banana", "Expect: 100-continue, banana"})
    void anExpectationThatNobodyKnowsIsRefused(String expect) throws IOException {
        assertRefused(417, PUT + "Host: localhost\r\n" + expect + "\r\nContent-Length: 1\r\n\r\nv");
    }

    @ParameterizedTest
    @CsvSource({"x", "malformed/v1/kv/malformed", "ftp://q/v1/kv/malformed", "http:///v1/kv/malformed", "?x=/v1/kv/a"})
    void aTargetThatIsNeitherAPathNorAUriIsRefused(String target) throws IOException {
        assertRefused(400, "PUT " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nv");
    }

    @Test
    void aQueryOfAnAbsoluteUriIsNoPath() throws IOException {
        client.put(CLUSTER.node(1), "absolute", "value");
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("GET http://localhost/v1/kv/absolute HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("value", connection.answer().body());
            connection.send("GET http://localhost?x=/v1/kv/absolute HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(!connection.answer().body().equals("value"));
        }
    }

    @Test
    void theOldProtocolNeedsNoHost() throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("GET /health/live HTTP/1.0\r\n\r\n");
            assertTrue(connection.untilItsEnd().contains(" 200 OK"));
        }
    }

    @Test
    void theOldProtocolHasNoExpectations() throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("GET /health/live HTTP/1.0\r\nExpect: banana\r\n\r\n");
            assertTrue(connection.untilItsEnd().contains(" 200 OK"));
        }
    }

    @Test
    void anEmptyHostIsOne() throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("GET /health/live HTTP/1.1\r\nHost:\r\n\r\n");
            assertEquals(200, connection.answer().status());
        }
    }

    @Test
    void aHeadThatIsTooLongIsAProblem() throws IOException {
        assertRefused(414, "GET /v1/kv/" + "k".repeat(37 << 10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertRefused(431, PUT + "Host: localhost\r\nX-Long: " + "x".repeat(9 << 10) + "\r\n\r\n");
        assertRefused(400, "this is no request\r\n\r\n");
    }

    private void assertRefused(int status, String request) throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send(request);
            Answer answer = connection.answer();
            assertEquals(status, answer.status(), answer.body());
            assertEquals("application/problem+json", answer.headers().get("content-type"));
            JsonObject problem = new JsonObject(answer.body());
            assertEquals(status, problem.getInteger("status"));
            assertEquals("none", problem.getString("outcome"));
            assertEquals(answer.headers().get("quorate-request-id"), problem.getString("requestId"));
            assertTrue(connection.isClosedByServer());
        }
        assertEquals(404, client.get(CLUSTER.node(2), "malformed").statusCode());
    }
}
