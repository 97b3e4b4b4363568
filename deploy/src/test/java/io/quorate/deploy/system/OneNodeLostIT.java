package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The thesis: losing any one of three is no event that a client of the others can see. */
@Tag("faults")
final class OneNodeLostIT {
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 2_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    @Test
    void notOneRequestThroughTheSurvivorsFailsWhenANodeIsKilledAndComesBack() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::writeAndReadAtASurvivor)) {
            clients.awaitFurther(REQUESTS);
            cluster.node(3).kill();
            clients.awaitFurther(REQUESTS);
            cluster.startAndAwaitReady(cluster.node(3));
            clients.awaitFurther(REQUESTS);
            clients.stop();
        }
        assertEveryAcknowledgedWriteIsThere();
    }

    @Test
    void notOneRequestThroughTheSurvivorsFailsWhileANodeIsPaused() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::writeAndReadAtASurvivor)) {
            clients.awaitFurther(REQUESTS);
            cluster.node(3).pause();
            clients.awaitFurther(REQUESTS);
            cluster.node(3).resume();
            clients.awaitFurther(REQUESTS);
            clients.stop();
        }
        assertEveryAcknowledgedWriteIsThere();
    }

    @Test
    void notOneRequestThroughTheSurvivorsFailsWhenANodeIsToldToStop() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::writeAndReadAtASurvivor)) {
            clients.awaitFurther(REQUESTS);
            cluster.node(3).terminate();
            clients.awaitFurther(REQUESTS);
            clients.stop();
        }
        assertEveryAcknowledgedWriteIsThere();
    }

    @Test
    void theSurvivorsSayWhatIsLeft() {
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);

        assertEquals(0, cluster.client().cluster(cluster.node(1)).canLose());
        assertEquals("down", cluster.client().cluster(cluster.node(1)).stateOf(cluster.node(3)));
        assertTrue(cluster.client().isReady(cluster.node(1).httpPort()));
    }

    private void writeAndReadAtASurvivor(int client) {
        LocalNode node = cluster.node(1 + client % 2);
        LocalNode other = cluster.node(2 - client % 2);
        String key = "client " + client + "/" + ThreadLocalRandom.current().nextInt(20);
        String value = Long.toString(ThreadLocalRandom.current().nextLong());

        HttpResponse<Buffer> put = cluster.client().put(node, key, value);
        assertTrue(put.statusCode() == 201 || put.statusCode() == 200, () -> "put: " + KvClient.describe(put));
        acknowledged.put(key, value);

        HttpResponse<Buffer> get = cluster.client().get(other, key);
        assertEquals(200, get.statusCode(), () -> "get: " + KvClient.describe(get));
        assertEquals(value, get.bodyAsString(), () -> "get: " + KvClient.describe(get));
    }

    private void assertEveryAcknowledgedWriteIsThere() {
        acknowledged.forEach((key, value) ->
                assertEquals(value, cluster.client().get(cluster.node(2), key).bodyAsString(), key));
    }
}
