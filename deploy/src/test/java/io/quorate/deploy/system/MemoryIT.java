package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes of the least memory outlive requests that together ask for more than they have. */
final class MemoryIT {
    private static final Buffer LARGE = Buffer.buffer(new byte[1 << 20]);
    private static final int KEYS = 32;
    private static final int AT_ONCE = 150;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private static KvClient client;

    @BeforeAll
    static void giveNodesLittleMemory() {
        client = CLUSTER.client();
        for (LocalNode node : CLUSTER.nodes()) {
            node.kill();
            node.setVariables(Map.of("QUORATE_MEMORY_MIB", "384"));
            CLUSTER.startAndAwaitReady(node);
        }
        for (int i = 0; i < KEYS; i++) {
            HttpResponse<Buffer> written = client.put(CLUSTER.node(1), "large/" + i, LARGE);
            assertEquals(201, written.statusCode(), () -> KvClient.describe(written));
        }
    }

    @Test
    void aBatchOfLargeReadsShowsWhatFits() {
        JsonArray operations = new JsonArray();
        for (int i = 0; i < KEYS; i++) {
            operations.add(new JsonObject().put("op", "get").put("key", "large/" + i));
        }
        Buffer body = new JsonObject().put("operations", operations).toBuffer();
        HttpResponse<Buffer> answer = client.send(
                client.request(HttpMethod.POST, CLUSTER.node(1), "/v1/batch")
                        .putHeader("Content-Type", "application/json"),
                body);
        assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
        JsonArray results = answer.bodyAsJsonObject().getJsonArray("results");
        assertEquals(KEYS, results.size());
        for (int i = 0; i < KEYS; i++) {
            int status = results.getJsonObject(i).getInteger("status");
            assertTrue(status == 200 || status == 429, "status " + status);
        }
        assertAllLive();
    }

    /** No client reads before all have asked. */
    @Test
    void largeReadsAtOnceAreServedOrRefused() throws IOException {
        List<RawConnection> readers = new ArrayList<>();
        Set<Integer> statuses = new TreeSet<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                RawConnection reader = new RawConnection(CLUSTER.node(1 + i % 3));
                readers.add(reader);
                reader.send("GET /v1/kv/large%2F" + i % KEYS + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            for (RawConnection reader : readers) {
                statuses.add(reader.answer().status());
            }
        } finally {
            close(readers);
        }
        assertTrue(statuses.contains(200), statuses.toString());
        assertAllLive();
    }

    @Test
    void uploadsThatStopLeaveRoomForOthers() throws IOException {
        List<RawConnection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 65; i++) {
                RawConnection connection = new RawConnection(CLUSTER.node(2));
                stalled.add(connection);
                connection.send("PUT /v1/kv/stalled HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n");
                connection.send("x".repeat(4 << 10));
            }
            for (int i = 0; i < 20; i++) {
                HttpResponse<Buffer> written = client.put(CLUSTER.node(2), "beside/" + i, "v");
                assertEquals(201, written.statusCode(), () -> KvClient.describe(written));
            }
        } finally {
            close(stalled);
        }
        assertAllLive();
    }

    private static void close(List<RawConnection> connections) throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    private static void assertAllLive() {
        for (LocalNode node : CLUSTER.nodes()) {
            assertEquals(200, client.status(node.httpPort(), "/health/live"), node::log);
        }
    }
}
