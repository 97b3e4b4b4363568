package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.NoAnswerException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upgrade as {@code docs/operating.md} says: each node in turn gets SIGTERM, ends and starts again, under load. */
@Tag("faults")
final class RollingRestartIT {
    private static final int CLIENTS = 6;
    private static final int REQUESTS = 200;
    private static final Set<Integer> EXIT_CODES_OF_SIGTERM = Set.of(0, 143);

    /**
     * A node on a machine that is busy with other tests must not count as dead. A node that ends closes its
     * connections, so no request waits for it.
     */
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree("silentMs: 5000\nrequestTimeoutMs: 10000\n");

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    /** The node that a load balancer has taken out, or 0 for none. */
    private volatile int out;

    @Test
    void notOneRequestFailsWhileEachNodeIsRestartedInTurn() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::step)) {
            for (int number = 1; number <= 3; number++) {
                clients.awaitFurther(REQUESTS);
                out = number;
                clients.awaitFurther(CLIENTS);
                restart(cluster.node(number), clients);
                out = 0;
            }
            clients.awaitFurther(REQUESTS);
            clients.stop();
        }
        acknowledged.forEach((key, value) ->
                assertEquals(value, cluster.client().get(cluster.node(2), key).bodyAsString(), key));
    }

    /** The next may stop when the others see this one again, not only when this one sees them. */
    private void restart(LocalNode node, ClosedLoop clients) {
        node.terminate();
        int exitCode = node.awaitEnd(Duration.ofSeconds(20));
        assertTrue(EXIT_CODES_OF_SIGTERM.contains(exitCode), () -> node + " ended with " + exitCode);
        clients.awaitFurther(REQUESTS);
        cluster.startAndAwaitReady(node);
        cluster.nodes().forEach(observer -> cluster.awaitUp(observer, 3));
    }

    private void step(int client) {
        String key = "client " + client + "/" + ThreadLocalRandom.current().nextInt(20);
        String value = Long.toString(ThreadLocalRandom.current().nextLong());
        HttpResponse<Buffer> put = send(client, node -> cluster.client().put(node, key, value));
        assertTrue(put.statusCode() == 201 || put.statusCode() == 200, () -> "put: " + KvClient.describe(put));
        acknowledged.put(key, value);
        HttpResponse<Buffer> get = send(client + 2, node -> cluster.client().get(node, key));
        assertEquals(value, get.bodyAsString(), () -> "get: " + KvClient.describe(get));
    }

    /**
     * One half of the clients is behind a load balancer and never sends anything twice. The other half stays with its
     * node. It goes to the next one when there is no connection or the connection was lost. Both requests have the same
     * effect twice as once.
     */
    private HttpResponse<Buffer> send(int client, Function<LocalNode, HttpResponse<Buffer>> request) {
        int number = 1 + client % 3;
        if (client % 2 == 0) {
            return request.apply(cluster.node(number == out ? 1 + number % 3 : number));
        }
        try {
            return request.apply(cluster.node(number));
        } catch (NoAnswerException e) {
            return request.apply(cluster.node(1 + number % 3));
        }
    }
}
