package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.KeyReplicas;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deletes are forgotten by real processes, also if nodes die meanwhile. Nothing is left, and nothing comes back. */
@Tag("faults")
final class ForgettingIT {
    private static final int KEYS = 300;
    private static final String NAME = "forgotten-";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The least that is allowed. */
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree("requestTimeoutMsMax: 2000\npurgeQuietMs: 3000\n");

    @Test
    void deletesAreForgottenThoughNodesDieAndNothingIsLeftOfThem() {
        createAll();
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);
        deleteAll();
        await().atMost(PATIENCE).untilAsserted(this::theDeadNodeIsInTheWay);

        cluster.startAndAwaitReady(cluster.node(3));
        hurry(2);
        cluster.node(2).kill();
        cluster.startAndAwaitReady(cluster.node(2));
        await().atMost(PATIENCE).until(this::isAllForgotten);

        for (int i = 0; i < KEYS; i++) {
            KeyReplicas held = cluster.client().replicas(cluster.node(1 + i % 3), NAME + i);
            for (LocalNode node : cluster.nodes()) {
                assertEquals("absent", held.stateOf(node), () -> held.json().encode());
                assertTrue(held.of(node).containsKey("forgetsUpTo"), () -> held.json()
                        .encode());
            }
            assertEquals(
                    404, cluster.client().get(cluster.node(1 + i % 3), NAME + i).statusCode());
        }
        cluster.nodes().forEach(this::awaitNoEntries);
    }

    /** By conditional writes, so that acceptors have entries too. */
    private void createAll() {
        for (int i = 0; i < KEYS; i++) {
            var create = cluster.client().request(HttpMethod.PUT, cluster.node(1), "/v1/kv/" + NAME + i);
            create.putHeader("If-None-Match", "*");
            assertEquals(
                    201,
                    cluster.client().send(create, Buffer.buffer("value " + i)).statusCode());
        }
    }

    private void deleteAll() {
        for (int i = 0; i < KEYS; i++) {
            int status = cluster.client().delete(cluster.node(1), NAME + i).statusCode();
            assertTrue(status < 300, "a delete is answered " + status);
        }
    }

    private void theDeadNodeIsInTheWay() {
        JsonObject forgetting = cluster.client().forgetting(cluster.node(1));
        assertTrue(forgetting.getBoolean("enabled"));
        assertTrue(
                forgetting.getJsonArray("blocked").encode().contains("\"by\":\"n3\",\"why\":\"is not reachable\""),
                forgetting::encode);
        assertTrue(forgetting.getString("toDo").contains("n3"), forgetting::encode);
    }

    private void hurry(int node) {
        assertEquals(202, cluster.client().hurry(cluster.node(node)).statusCode());
    }

    /** Each look asks for the next pass. */
    private boolean isAllForgotten() {
        hurry(1);
        return cluster.nodes().stream().map(cluster.client()::forgetting).allMatch(ForgettingIT::isDone);
    }

    private static boolean isDone(JsonObject forgetting) {
        return forgetting.getJsonArray("blocked").isEmpty()
                && forgetting.containsKey("upTo")
                && forgetting.getLong("forgotten") > 0
                && forgetting.getLong("tombstones", -1L) == 0;
    }

    /** A start writes the log into a table, and a merge drops what is forgotten. */
    private void awaitNoEntries(LocalNode node) {
        await().atMost(PATIENCE).until(() -> {
            restart(node);
            node.terminate();
            node.awaitEnd(PATIENCE);
            CommandRun dump = CommandRun.quorate(
                    "store", "dump", "--data", node.folder().resolve("data").toString(), "--entries");
            assertEquals(0, dump.exitCode(), dump::output);
            return !dump.output().contains(NAME);
        });
        cluster.startAndAwaitReady(node);
    }

    private void restart(LocalNode node) {
        if (node.isAlive()) {
            node.terminate();
            node.awaitEnd(PATIENCE);
        }
        cluster.startAndAwaitReady(node);
    }
}
