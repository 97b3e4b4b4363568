package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A paused process keeps its connections and answers no request. Only a deadline distinguishes it from a slow one. */
@Tag("faults")
final class PausedNodesIT {
    private static final int CLIENTS = 8;
    private static final long TIMEOUT_MS = 1_000;
    private static final long GRACE_MS = 1_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final Map<String, Integer> statusByKey = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();

    @Test
    void aWriteInMidFlightKeepsItsDeadlineAndNeverLies() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, client -> writeOnce())) {
            clients.awaitFurther(500);
            cluster.node(2).pause();
            cluster.node(3).pause();
            clients.awaitFurther(4 * CLIENTS);
            cluster.node(2).resume();
            cluster.node(3).resume();
            cluster.awaitUp(cluster.node(1), 3);
            clients.awaitFurther(500);
            clients.stop();
        }
        assertTrue(statusByKey.containsValue(503) || statusByKey.containsValue(504), "the pause was not noticed");
        statusByKey.forEach(this::assertTheAnswerWasTrue);
    }

    @Test
    void aWriteThatWasSentAndNotAcknowledgedIsUnknown() {
        cluster.node(2).pause();
        cluster.node(3).pause();
        // One node still counts as up until it was silent for a while, so the first write may be sent.
        HttpResponse<Buffer> answer = put("k");

        if (answer.statusCode() == 504) {
            assertEquals("unknown", KvClient.problem(answer).getString("outcome"));
            assertEquals("read-first", KvClient.problem(answer).getString("retry"));
        } else {
            assertEquals(503, answer.statusCode(), () -> KvClient.describe(answer));
            assertEquals("none", KvClient.problem(answer).getString("outcome"));
        }
    }

    @Test
    void aPausedNodeThatWakesUpDoesNotServeAnOldValue() {
        cluster.client().put(cluster.node(1), "k", "old");
        cluster.node(3).pause();
        cluster.client().put(cluster.node(1), "k", "new");
        cluster.node(3).resume();

        assertEquals("new", cluster.client().get(cluster.node(3), "k").bodyAsString());
    }

    private void writeOnce() {
        String key = "write/" + keys.incrementAndGet();
        long start = System.nanoTime();
        HttpResponse<Buffer> answer = put(key);
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        assertTrue(elapsedMs < TIMEOUT_MS + GRACE_MS, () -> elapsedMs + " ms: " + KvClient.describe(answer));
        assertTrue(Set.of(201, 503, 504).contains(answer.statusCode()), () -> KvClient.describe(answer));
        statusByKey.put(key, answer.statusCode());
    }

    private HttpResponse<Buffer> put(String key) {
        return cluster.client()
                .send(
                        cluster.client()
                                .request(
                                        HttpMethod.PUT,
                                        cluster.node(1).httpPort(),
                                        KvClient.kv(key) + "?timeout=" + TIMEOUT_MS + "ms"),
                        Buffer.buffer("written"));
    }

    private void assertTheAnswerWasTrue(String key, int status) {
        int found = cluster.client().get(cluster.node(2), key).statusCode();
        if (status == 201) {
            assertEquals(200, found, () -> key + " was acknowledged and is gone");
        } else if (status == 503) {
            assertEquals(404, found, () -> key + " was refused with nothing applied and is there");
        }
    }
}
