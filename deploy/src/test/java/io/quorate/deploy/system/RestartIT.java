package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.NoAnswerException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("faults")
final class RestartIT {
    private static final int CLIENTS = 16;
    private static final int ROUNDS = 2;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> deleted = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();

    @Test
    void everyAcknowledgedWriteIsThereAfterAllThreeAreKilledInMidFlight() {
        for (int round = 0; round < ROUNDS; round++) {
            try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::write)) {
                clients.awaitFurther(1_000);
                cluster.nodes().forEach(LocalNode::kill);
                clients.stop();
            }
            cluster.startAndAwaitReady(cluster.nodes().toArray(LocalNode[]::new));
        }
        assertTrue(acknowledged.size() > 1_000, () -> "only " + acknowledged.size() + " writes");
        assertNothingWasLost();
    }

    @Test
    void everyAcknowledgedWriteIsThereAfterAllThreeAreToldToStop() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::write)) {
            clients.awaitFurther(1_000);
            cluster.nodes().forEach(LocalNode::terminate);
            cluster.nodes().forEach(node -> node.awaitEnd(Duration.ofSeconds(20)));
            clients.stop();
        }
        cluster.startAndAwaitReady(cluster.nodes().toArray(LocalNode[]::new));
        assertNothingWasLost();
    }

    @Test
    void aNodeToldToStopEndsSoonAndWithoutComplaint() {
        cluster.client().put(cluster.node(1), "k", "v");
        cluster.node(1).terminate();
        cluster.node(1).awaitEnd(Duration.ofSeconds(5));

        assertFalse(cluster.node(1).log().contains("ERROR"), cluster.node(1)::log);
    }

    @Test
    void eachStartIsANewIncarnation() {
        cluster.node(2).kill();
        cluster.startAndAwaitReady(cluster.node(2));
        cluster.awaitUp(cluster.node(1), 3);

        assertEquals(
                2,
                cluster.client()
                        .cluster(cluster.node(1))
                        .json()
                        .getJsonArray("nodes")
                        .getJsonObject(1)
                        .getInteger("incarnation"));
    }

    /**
     * Writes a key that no other client writes, or deletes one that is there. A request without an answer does not
     * count.
     */
    private void write(int client) {
        int number = keys.incrementAndGet();
        LocalNode node = cluster.node(1 + number % 3);
        String key = "key/" + number;
        try {
            if (cluster.client().put(node, key, "value " + number).statusCode() != 201) {
                return;
            }
            if (number % 10 != 0) {
                acknowledged.put(key, "value " + number);
            } else if (cluster.client().delete(node, key).statusCode() == 204) {
                deleted.put(key, "");
            }
        } catch (NoAnswerException e) {
            return; // the node was killed: the outcome is unknown, and nothing may be concluded
        }
    }

    private void assertNothingWasLost() {
        acknowledged.forEach((key, value) ->
                assertEquals(value, cluster.client().get(cluster.node(1), key).bodyAsString(), key));
        deleted.keySet()
                .forEach(key -> assertEquals(
                        404, cluster.client().get(cluster.node(1), key).statusCode(), key));
    }
}
