package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code If-None-Match} and {@code If-Match} of reads, and how long caches may keep an answer. */
final class ConditionalReadIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aValueThatTheClientHasIsNotSentAgain(String method) {
        String key = "known by " + method;
        String tag = client.put(CLUSTER.node(1), key, "value").getHeader("ETag");
        for (String tags : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
            HttpResponse<Buffer> answer = readIf(method, key, "If-None-Match", tags);
            assertEquals(304, answer.statusCode(), () -> KvClient.describe(answer));
            assertEquals(tag, answer.getHeader("ETag"));
            assertEquals("no-cache", answer.getHeader("Cache-Control"));
            assertNull(answer.body());
        }
        client.put(CLUSTER.node(2), key, "another");
        assertEquals(200, readIf(method, key, "If-None-Match", tag).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aReadOfAnotherVersionThanWantedFails(String method) {
        String key = "wanted by " + method;
        String first = client.put(CLUSTER.node(1), key, "value").getHeader("ETag");
        assertEquals(200, readIf(method, key, "If-Match", first).statusCode());
        assertEquals(200, readIf(method, key, "If-Match", "*").statusCode());
        assertEquals(412, readIf(method, key, "If-Match", "W/" + first).statusCode());
        assertEquals(412, readIf(method, key, "If-Match", "\"x\"").statusCode());

        String second = client.put(CLUSTER.node(1), key, "another").getHeader("ETag");
        HttpResponse<Buffer> failed = readIf(method, key, "If-Match", first);
        assertEquals(412, failed.statusCode(), () -> KvClient.describe(failed));
        assertEquals(second, failed.getHeader("ETag"));
    }

    @Test
    void ifMatchIsJudgedBeforeIfNoneMatch() {
        String tag = client.put(CLUSTER.node(1), "both", "value").getHeader("ETag");
        HttpResponse<Buffer> answer = client.send(client.request(HttpMethod.GET, CLUSTER.node(2), KvClient.kv("both"))
                .putHeader("If-Match", "\"1.1.1.0\"")
                .putHeader("If-None-Match", tag));
        assertEquals(412, answer.statusCode());
    }

    /** RFC 9110, section 13.2.1: conditions concern only what would be a success. */
    @Test
    void anAbsentKeyIsNotFoundWhateverTheConditionSays() {
        client.put(CLUSTER.node(1), "gone", "value");
        String tag = client.delete(CLUSTER.node(1), "gone").getHeader("ETag");
        assertEquals(404, readIf("GET", "gone", "If-None-Match", tag).statusCode());
        assertEquals(404, readIf("GET", "gone", "If-None-Match", "*").statusCode());
        assertEquals(404, readIf("GET", "gone", "If-Match", "*").statusCode());
    }

    @Test
    void aConditionThatIsNoneIsRefused() {
        assertEquals(400, readIf("GET", "malformed", "If-None-Match", "x").statusCode());
        assertEquals(400, readIf("GET", "malformed", "If-Match", "").statusCode());
    }

    @Test
    void anExplainedReadIsSentWhateverTheConditionSays() {
        String tag = client.put(CLUSTER.node(1), "explained", "value").getHeader("ETag");
        HttpResponse<Buffer> answer =
                client.send(client.request(HttpMethod.GET, CLUSTER.node(1), KvClient.kv("explained") + "?explain=1")
                        .putHeader("If-None-Match", tag));
        assertEquals(200, answer.statusCode());
        assertEquals("no-store", answer.getHeader("Cache-Control"));
    }

    @Test
    void aCacheKeepsValuesAndAsksEachTimeAndKeepsNothingElse() {
        client.put(CLUSTER.node(1), "cached", "value");
        assertEquals("no-cache", cacheControl("/v1/kv/cached"));
        assertEquals("no-cache", cacheControl("/openapi.yaml"));
        assertEquals("no-cache", cacheControl("/"));
        for (String uri : new String[] {"/v1/kv/missing", "/v1/kv/cached?x=1", "/v1/kv", "/v1/cluster", "/nothing"}) {
            assertEquals("no-store", cacheControl(uri), uri);
        }
    }

    private String cacheControl(String uri) {
        return client.send(client.request(HttpMethod.GET, CLUSTER.node(1), uri)).getHeader("Cache-Control");
    }

    /** A 304 has no body. The next answer on its connection begins at once. */
    @Test
    void a304LeavesItsConnectionInOrder() throws IOException {
        String tag = client.put(CLUSTER.node(1), "kept", "value").getHeader("ETag");
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("GET /v1/kv/kept HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag + "\r\n\r\n"
                    + "GET /v1/kv/kept HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Answer known = connection.answerToHead();
            assertEquals(304, known.status());
            assertTrue(!"0".equals(known.headers().get("content-length")), () -> known.headers()
                    .toString());
            assertEquals("value", connection.answer().body());
        }
    }

    private HttpResponse<Buffer> readIf(String method, String key, String header, String tags) {
        return client.send(client.request(HttpMethod.valueOf(method), CLUSTER.node(1), KvClient.kv(key))
                .putHeader(header, tags));
    }
}
