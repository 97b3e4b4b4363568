package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many clients add to one number by compare-and-set, through every node. No addition is lost, and none counts twice.
 */
@Tag("faults")
final class ContendedCounterIT {
    private static final int CLIENTS = 16;
    /** In each phase. How many attempts they take depends on the machine: most of the others lose. */
    private static final int INCREMENTS = 40;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final AtomicLong added = new AtomicLong();
    private final AtomicLong maybeAdded = new AtomicLong();

    @Test
    void everyIncrementCountsOnceWhileANodeIsKilledAndComesBack() {
        cluster.client().put(cluster.node(1), "counter", "0");
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::increment)) {
            clients.awaitFurther(INCREMENTS, added);
            cluster.node(3).kill();
            clients.awaitFurther(INCREMENTS, added);
            cluster.startAndAwaitReady(cluster.node(3));
            clients.awaitFurther(INCREMENTS, added);
            clients.stop();
        }
        for (LocalNode node : cluster.nodes()) {
            long counted = Long.parseLong(cluster.client().get(node, "counter").bodyAsString());
            assertTrue(
                    counted >= added.get() && counted <= added.get() + maybeAdded.get(),
                    () -> counted + " counted, " + added + " added, perhaps " + maybeAdded + " more");
        }
    }

    private void increment(int client) {
        LocalNode node = cluster.node(1 + client % 2);
        HttpResponse<Buffer> read = cluster.client().get(node, "counter");
        if (read.statusCode() == 503) {
            return; // see below
        }
        assertEquals(200, read.statusCode(), () -> KvClient.describe(read));
        long next = Long.parseLong(read.bodyAsString()) + 1;
        HttpResponse<Buffer> answer = cluster.client()
                .send(
                        cluster.client()
                                .request(HttpMethod.PUT, node.httpPort(), KvClient.kv("counter"))
                                .putHeader("If-Match", read.getHeader("ETag")),
                        Buffer.buffer(Long.toString(next)));
        switch (answer.statusCode()) {
            case 200 -> added.incrementAndGet();
            case 504 -> maybeAdded.incrementAndGet();
            // Nothing was applied, which the sum shows if it is not true. A loaded machine may take so long that a node
            // seems
            // lost for a moment; OneNodeLostIT is about how seldom that may be.
            case 409, 412, 503 -> {}
            default -> throw new AssertionError(KvClient.describe(answer));
        }
    }
}
