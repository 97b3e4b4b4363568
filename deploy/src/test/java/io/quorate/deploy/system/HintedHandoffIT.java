package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KeyReplicas;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that was away gets what it missed, and no client reads. */
@Tag("faults")
final class HintedHandoffIT {
    private static final int KEYS = 20_000;
    private static final int CLIENTS = 16;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Few hints, so that they overflow: {@link #aNodeThatMissedTooMuchIsReported}. */
    private static final int HINTS_MAX = 5_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @RegisterExtension
    final LocalCluster small = LocalCluster.ofThree("hintsMax: " + HINTS_MAX + "\n");

    @Test
    void aNodeThatWasAwayGetsEveryKeyThatItMissed() throws InterruptedException {
        miss(cluster, KEYS);
        JsonObject missed = hintsFor(cluster, "n3");
        assertTrue(missed.getLong("waiting") > KEYS * 0.97 && missed.getLong("waiting") < KEYS * 1.03, missed::encode);
        assertFalse(missed.getBoolean("overflowed"), missed::encode);
        assertTrue(missed.containsKey("oldest"), missed::encode);

        cluster.startAndAwaitReady(cluster.node(3));
        awaitNothingWaits(cluster);

        AtomicInteger stale = new AtomicInteger();
        forEachKey(KEYS, key -> {
            KeyReplicas replicas = cluster.client().replicas(cluster.node(1), "key-" + key);
            if (replicas.isStale(cluster.node(3))
                    || !replicas.stateOf(cluster.node(3)).equals("value")) {
                stale.incrementAndGet();
            }
        });
        assertEquals(0, stale.get(), "keys that n3 lacks or has an older version of");
    }

    @Test
    void aNodeThatMissedTooMuchIsReported() throws InterruptedException {
        miss(small, 2 * HINTS_MAX);
        JsonObject missed = hintsFor(small, "n3");
        assertTrue(missed.getBoolean("overflowed"), missed::encode);
        assertTrue(missed.getLong("waiting") <= HINTS_MAX * 1.03, missed::encode);

        small.startAndAwaitReady(small.node(3));
        awaitNothingWaits(small);
        assertTrue(hintsFor(small, "n3").getBoolean("overflowed"), "only a comparison of all keys could end it");

        small.node(1).kill();
        small.startAndAwaitReady(small.node(1));
        await().atMost(LONGEST)
                .until(() -> hintsFor(small, "n3").getJsonArray("keptBy").contains("n1"));
    }

    /** Writes so many keys while n3 is away. */
    private static void miss(LocalCluster cluster, int keys) throws InterruptedException {
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);
        cluster.awaitUp(cluster.node(2), 2);
        forEachKey(keys, key -> {
            LocalNode node = cluster.node(1 + key % 2);
            int status = cluster.client().put(node, "key-" + key, "value").statusCode();
            assertEquals(201, status, "key-" + key);
        });
    }

    private static void forEachKey(int keys, IntConsumer step) throws InterruptedException {
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

    private static void awaitNothingWaits(LocalCluster cluster) {
        await().atMost(LONGEST).until(() -> hintsFor(cluster, "n3").getLong("waiting") == 0);
    }

    private static JsonObject hintsFor(LocalCluster cluster, String target) {
        KvClient client = cluster.client();
        JsonObject body = client.send(client.request(HttpMethod.GET, cluster.node(2), "/v1/convergence"))
                .bodyAsJsonObject();
        return body.getJsonArray("hints").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("target").equals(target))
                .findFirst()
                .orElseThrow();
    }
}
