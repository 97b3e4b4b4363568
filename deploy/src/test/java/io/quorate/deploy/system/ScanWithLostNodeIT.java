package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("faults")
final class ScanWithLostNodeIT {
    private static final int LARGE_VALUES = 16;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aScanGoesOnWithoutTheNodeAndRepairsItWhenItIsBack() {
        Stream.of("a", "b", "c").forEach(key -> client().put(cluster.node(1), key, "old"));
        String cursor = scan(cluster.node(3), "limit=1").getString("next");
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);
        assertEquals(List.of("b", "c"), keys(scan(cluster.node(1), "cursor=" + cursor)));
        client().put(cluster.node(1), "b", "new");
        client().delete(cluster.node(1), "c");
        assertEquals(List.of("a", "b"), keys(scan(cluster.node(2), "")));

        cluster.startAndAwaitReady(cluster.node(3));
        cluster.awaitUp(cluster.node(1), 3);
        cluster.awaitUp(cluster.node(3), 3);
        await().until(() -> {
            JsonObject page = scan(cluster.node(3), "");
            assertEquals(List.of("a", "b"), keys(page));
            assertEquals("new", page.getJsonArray("items").getJsonObject(1).getString("value"));
            return "value".equals(stateAtThree("b")) && "tombstone".equals(stateAtThree("c"));
        });
        assertFalse(client().replicas(cluster.node(1), "b").isStale(cluster.node(3)));
    }

    @Test
    void aStreamThatIsCutHasNoLastLineAndOneToASlowClientHas() throws IOException {
        Buffer value = Buffer.buffer("x".repeat(1 << 20));
        for (int i = 0; i < LARGE_VALUES; i++) {
            String uri = "/v1/kv/large" + i + "?timeout=15s";
            client().send(client().request(HttpMethod.PUT, cluster.node(1).httpPort(), uri), value);
        }
        try (RawConnection slow = stream(cluster.node(1));
                RawConnection cut = stream(cluster.node(2))) {
            assertEquals(200, client().status(cluster.node(2).httpPort(), "/health/live"));
            cluster.node(2).kill();
            assertFalse(cut.untilItsEnd().contains("\"next\""));
            String whole = slow.untilItsEnd();
            assertTrue(whole.contains("{\"next\":null"), () -> whole.substring(Math.max(0, whole.length() - 300)));
            assertTrue(whole.length() > LARGE_VALUES << 20);
        }
    }

    private static RawConnection stream(LocalNode node) throws IOException {
        RawConnection connection = new RawConnection(node);
        connection.send(
                "GET /v1/kv?prefix=large&timeout=15s HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n"
                        + "Connection: close\r\n\r\n");
        return connection;
    }

    private String stateAtThree(String key) {
        return client().replicas(cluster.node(1), key).stateOf(cluster.node(3));
    }

    private KvClient client() {
        return cluster.client();
    }

    private JsonObject scan(LocalNode node, String query) {
        HttpResponse<Buffer> answer =
                client().send(client().request(HttpMethod.GET, node.httpPort(), "/v1/kv?timeout=15s&" + query));
        assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
        return answer.bodyAsJsonObject();
    }

    private static List<String> keys(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("key"))
                .toList();
    }
}
