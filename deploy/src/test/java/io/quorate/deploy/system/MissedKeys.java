package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Keys that are written while the third node of a cluster is away, and what the others keep for it. */
final class MissedKeys {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int CLIENTS = 16;

    private MissedKeys() {}

    /** Writes so many keys while n3 is away. */
    static void miss(LocalCluster cluster, int keys) throws InterruptedException {
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);
        cluster.awaitUp(cluster.node(2), 2);
        forEachKey(keys, key -> {
            LocalNode node = cluster.node(1 + key % 2);
            int status = cluster.client().put(node, "key-" + key, "value").statusCode();
            assertEquals(201, status, "key-" + key);
        });
    }

    static void forEachKey(int keys, IntConsumer step) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            clients.execute(() -> {
                for (int key = next.getAndIncrement(); key < keys; key = next.getAndIncrement()) {
                    step.accept(key);
                    done.incrementAndGet();
                }
            });
        }
        clients.shutdown();
        assertTrue(clients.awaitTermination(2, TimeUnit.MINUTES), "the clients are too slow");
        assertEquals(keys, done.get(), "a client failed");
    }

    static void awaitNothingWaits(LocalCluster cluster) {
        await().atMost(LONGEST).until(() -> hintsFor(cluster).getLong("waiting") == 0);
    }

    /** Whether any member says that it could not note all for n3. */
    static boolean isOverflowed(LocalCluster cluster) {
        return reported(cluster).filter(each -> each.getBoolean("overflowed")).isPresent();
    }

    static JsonObject hintsFor(LocalCluster cluster) {
        return reported(cluster).orElseThrow();
    }

    private static Optional<JsonObject> reported(LocalCluster cluster) {
        KvClient client = cluster.client();
        JsonObject body = client.send(client.request(HttpMethod.GET, cluster.node(2), "/v1/convergence"))
                .bodyAsJsonObject();
        return body.getJsonArray("hints").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("target").equals("n3"))
                .findFirst();
    }
}
