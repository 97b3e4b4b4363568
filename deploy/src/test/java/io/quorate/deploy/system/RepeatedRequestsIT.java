package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.NoAnswerException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever sends a write with an idempotency key again need not know what became of it, whatever was killed meanwhile. */
final class RepeatedRequestsIT {
    private static final int CLIENTS = 4;
    private static final int ATTEMPTS = 60;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();

    private HttpResponse<Buffer> put(LocalNode node, String key, String value, String... headers) {
        HttpRequest<Buffer> request = cluster.client().request(HttpMethod.PUT, node.httpPort(), KvClient.kv(key));
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return cluster.client().send(request, Buffer.buffer(value));
    }

    /** Sent until it has an answer: a node that has just started may not reach the others yet. */
    private HttpResponse<Buffer> putUntilAnswered(LocalNode node, String key, String value, String... headers) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> put(node, key, value, headers), answer -> answer.statusCode() < 500);
    }

    @Test
    void everyIncrementCountsOnceThoughItsCoordinatorIsKilledAndItIsSentAgainElsewhere() {
        cluster.client().put(cluster.node(1), "counter", "0");
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::increment)) {
            clients.awaitFurther(ATTEMPTS);
            cluster.node(3).kill();
            clients.awaitFurther(ATTEMPTS);
            cluster.startAndAwaitReady(cluster.node(3));
            cluster.node(1).kill();
            clients.awaitFurther(ATTEMPTS);
            clients.stop();
        }
        String counted = cluster.client().get(cluster.node(2), "counter").bodyAsString();
        assertEquals(Long.toString(added.get()), counted, () -> sentAgain + " requests were sent again");
        assertTrue(added.get() > 0 && sentAgain.get() > 0, () -> added + " and " + sentAgain);
    }

    /** Begins at the node whose turn it is, dead or alive, and goes on at the next one until there is an answer. */
    private void increment(int client) {
        long number = requests.incrementAndGet();
        HttpResponse<Buffer> read = cluster.client().get(cluster.node(2), "counter");
        assertEquals(200, read.statusCode(), () -> KvClient.describe(read));
        String next = Long.toString(Long.parseLong(read.bodyAsString()) + 1);
        for (int attempt = 0; ; attempt++) {
            LocalNode node = cluster.node((int) (1 + (number + attempt) % 3));
            sentAgain.addAndGet(attempt == 1 ? 1 : 0);
            try {
                HttpResponse<Buffer> answer = put(
                        node, "counter", next, "If-Match", read.getHeader("ETag"), "Idempotency-Key", "add-" + number);
                switch (answer.statusCode()) {
                    case 200 -> added.incrementAndGet();
                    case 412 -> {}
                    case 409, 503, 504 -> {
                        continue;
                    }
                    default -> throw new AssertionError(KvClient.describe(answer));
                }
                return;
            } catch (NoAnswerException e) {
                continue;
            }
        }
    }

    @Test
    void theFirstAnswerIsGivenAgainAfterAllThreeWereKilled() {
        HttpResponse<Buffer> first = putUntilAnswered(cluster.node(1), "k", "a", "Idempotency-Key", "once");
        HttpResponse<Buffer> refused =
                putUntilAnswered(cluster.node(2), "k", "b", "If-None-Match", "*", "Idempotency-Key", "if-once");
        cluster.client().put(cluster.node(2), "k", "c");
        List<LocalNode> nodes = cluster.nodes();
        nodes.forEach(LocalNode::kill);
        cluster.startAndAwaitReady(nodes.toArray(LocalNode[]::new));

        assertAgain(201, first, putUntilAnswered(cluster.node(3), "k", "a", "Idempotency-Key", "once"));
        assertAgain(
                412,
                refused,
                putUntilAnswered(cluster.node(1), "k", "b", "If-None-Match", "*", "Idempotency-Key", "if-once"));
        assertEquals(
                422,
                putUntilAnswered(cluster.node(2), "k", "other", "Idempotency-Key", "once")
                        .statusCode());
        assertEquals("c", cluster.client().get(cluster.node(1), "k").bodyAsString());
        HttpResponse<Buffer> told = cluster.client()
                .send(cluster.client().request(HttpMethod.GET, cluster.node(2).httpPort(), "/v1/requests/once?key=k"));
        assertEquals("applied", told.bodyAsJsonObject().getString("state"), () -> KvClient.describe(told));
    }

    private static void assertAgain(int status, HttpResponse<Buffer> first, HttpResponse<Buffer> again) {
        assertEquals(status, first.statusCode(), () -> KvClient.describe(first));
        assertEquals(status, again.statusCode(), () -> KvClient.describe(again));
        assertEquals(first.getHeader("ETag"), again.getHeader("ETag"));
        assertEquals("true", again.getHeader("Quorate-Replayed"));
    }
}
