package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KeyReplicas;
import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replicas come to agree with nobody reading. A look at the replicas of a key repairs nothing. */
@Tag("faults")
final class SelfRepairIT {
    private static final int KEYS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aReplicaThatMissedWritesAndDeletesGetsThemWithNobodyReading() {
        for (int i = 0; i < KEYS; i++) {
            cluster.client().put(cluster.node(1), "old-" + i, "value " + i);
        }
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);
        for (int i = 0; i < KEYS; i++) {
            cluster.client().put(cluster.node(1), "new-" + i, "value " + i);
            cluster.client().delete(cluster.node(1), "old-" + i);
        }
        cluster.startAndAwaitReady(cluster.node(3));
        cluster.awaitUp(cluster.node(1), 3);

        assertEquals(202, cluster.client().hurry(cluster.node(2)).statusCode());

        await().atMost(PATIENCE)
                .until(() -> convergence(2).getJsonObject("verified").getInteger("never") == 0);
        for (int i = 0; i < KEYS; i++) {
            KeyReplicas written = cluster.client().replicas(cluster.node(1), "new-" + i);
            assertEquals("value", written.stateOf(cluster.node(3)));
            assertFalse(written.isStale(cluster.node(3)));
            assertEquals(
                    "tombstone",
                    cluster.client().replicas(cluster.node(1), "old-" + i).stateOf(cluster.node(3)));
        }
    }

    @Test
    void anotherNodeDrivesWhenTheFirstIsGoneAndTheStatusNamesIt() {
        cluster.node(1).kill();
        cluster.awaitUp(cluster.node(2), 2);
        cluster.client().put(cluster.node(2), "k", "value");

        assertEquals(202, cluster.client().hurry(cluster.node(3)).statusCode());

        await().atMost(PATIENCE)
                .until(() -> !convergence(3).getJsonObject("pass").getBoolean("hurried"));
        JsonObject verified = convergence(3).getJsonObject("verified");
        assertEquals(256, verified.getInteger("never"));
        assertTrue(verified.getJsonArray("blocked").encode().contains("\"by\":\"n1\",\"why\":\"is not reachable\""));
    }

    private JsonObject convergence(int node) {
        return cluster.client().convergence(cluster.node(node));
    }
}
