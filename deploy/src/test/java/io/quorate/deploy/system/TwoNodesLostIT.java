package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("faults")
final class TwoNodesLostIT {
    private static final long AT_ONCE_MS = 500;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aWriteIsRefusedAtOnceAndNothingIsApplied() {
        cluster.client().put(cluster.node(1), "k", "before");
        loseTwo();

        long start = System.nanoTime();
        HttpResponse<Buffer> refused = cluster.client().put(cluster.node(1), "k", "after");
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        assertRefused(refused);
        assertTrue(elapsedMs < AT_ONCE_MS, () -> "it took " + elapsedMs + " ms");
        cluster.startAndAwaitReady(cluster.node(2), cluster.node(3));
        assertEquals("before", cluster.client().get(cluster.node(2), "k").bodyAsString());
    }

    @Test
    void aReadIsRefusedUnlessItAsksForLess() {
        cluster.client().put(cluster.node(1), "k", "value");
        cluster.client().put(cluster.node(1), "k", "value");
        loseTwo();

        assertRefused(cluster.client().get(cluster.node(1), "k"));
        HttpResponse<Buffer> stale = cluster.client()
                .send(cluster.client().request(HttpMethod.GET, cluster.node(1).httpPort(), "/v1/kv/k?consistency=one"));
        assertEquals(200, stale.statusCode(), () -> KvClient.describe(stale));
    }

    @Test
    void theLastNodeIsLiveAndNotReady() {
        loseTwo();

        assertEquals(200, cluster.client().status(cluster.node(1).httpPort(), "/health/live"));
        assertEquals(503, cluster.client().status(cluster.node(1).httpPort(), "/health/ready"));
    }

    @Test
    void theClusterServesAgainAsSoonAsASecondNodeIsBack() {
        loseTwo();
        cluster.node(2).start();

        await().until(() -> cluster.client().put(cluster.node(1), "k", "v").statusCode() < 300);
    }

    private void loseTwo() {
        cluster.node(2).kill();
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 1);
    }

    private void assertRefused(HttpResponse<Buffer> refused) {
        assertEquals(503, refused.statusCode(), () -> KvClient.describe(refused));
        assertFalse(refused.getHeader("Retry-After").isBlank());
        JsonObject problem = KvClient.problem(refused);
        assertEquals("none", problem.getString("outcome"));
        assertEquals("safe", problem.getString("retry"));
        assertEquals(2, problem.getInteger("required"));
        assertTrue(problem.getString("detail").contains("n2, n3"), problem::encodePrettily);
        JsonArray replicas = problem.getJsonArray("replicas");
        assertEquals(3, replicas.size(), problem::encodePrettily);
        assertEquals("n2", replicas.getJsonObject(1).getString("id"));
        assertEquals("unreachable", replicas.getJsonObject(1).getString("answer"), problem::encodePrettily);
    }
}
