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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A client may send a write with an idempotency key again without knowing its outcome, even if nodes were killed
 * meanwhile.
 */
@Tag("faults")
final class RepeatedRequestsIT {
    private static final int CLIENTS = 3;
    private static final int STEPS = 20;
    private static final int ATTEMPTS_MAX = 6;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();
    private final Queue<Increment> open = new ConcurrentLinkedQueue<>();

    private record Increment(long number, String value, String ifMatch) {}

    private HttpResponse<Buffer> put(LocalNode node, String key, String value, String... headers) {
        HttpRequest<Buffer> request = CLUSTER.client().request(HttpMethod.PUT, node, KvClient.kv(key));
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return CLUSTER.client().send(request, Buffer.buffer(value));
    }

    /** Sent until it has an answer: a node that has just started may not reach the others yet. */
    private HttpResponse<Buffer> putUntilAnswered(LocalNode node, String key, String value, String... headers) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> put(node, key, value, headers), answer -> answer.statusCode() < 500);
    }

    @Test
    void everyIncrementCountsOnceThoughItsCoordinatorIsKilledAndItIsSentAgainElsewhere() {
        CLUSTER.client().put(CLUSTER.node(1), "counter", "0");
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, client -> increment())) {
            clients.awaitFurther(STEPS);
            killWhileTheyGoOn(3, clients);
            killWhileTheyGoOn(1, clients);
            clients.stop();
        }
        // A replica that was down may be the only one that knows whether a request was overtaken or had its effect.
        open.forEach(increment ->
                await().atMost(Duration.ofSeconds(30)).until(() -> isAnswered(increment, CLUSTER.node(2))));
        String counted = CLUSTER.client().get(CLUSTER.node(2), "counter").bodyAsString();
        assertEquals(Long.toString(added.get()), counted, () -> sentAgain + " requests were sent again");
        assertTrue(added.get() > 0 && sentAgain.get() > 0, () -> added + " and " + sentAgain);
    }

    private void killWhileTheyGoOn(int number, ClosedLoop clients) {
        CLUSTER.node(number).kill();
        clients.awaitFurther(STEPS);
        CLUSTER.startAndAwaitReady(CLUSTER.node(number));
        CLUSTER.awaitUp(CLUSTER.node(2), 3);
    }

    /**
     * Begins at the node whose turn it is, dead or alive, and goes on at the next one. A request without an answer
     * stays open.
     */
    private void increment() {
        HttpResponse<Buffer> read = await().atMost(Duration.ofSeconds(30))
                .until(() -> CLUSTER.client().get(CLUSTER.node(2), "counter"), answer -> answer.statusCode() == 200);
        String next = Long.toString(Long.parseLong(read.bodyAsString()) + 1);
        Increment increment = new Increment(requests.incrementAndGet(), next, read.getHeader("ETag"));
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            sentAgain.addAndGet(attempt == 1 ? 1 : 0);
            if (isAnswered(increment, CLUSTER.node((int) (1 + (increment.number() + attempt) % 3)))) {
                return;
            }
        }
        open.add(increment);
    }

    private boolean isAnswered(Increment increment, LocalNode node) {
        HttpResponse<Buffer> answer;
        try {
            answer = put(
                    node,
                    "counter",
                    increment.value(),
                    "If-Match",
                    increment.ifMatch(),
                    "Idempotency-Key",
                    "add-" + increment.number());
        } catch (NoAnswerException e) {
            return false;
        }
        switch (answer.statusCode()) {
            case 200 -> added.incrementAndGet();
            case 412 -> {}
            case 409, 503, 504 -> {
                return false;
            }
            default -> throw new AssertionError(KvClient.describe(answer));
        }
        return true;
    }

    @Test
    void theFirstAnswerIsGivenAgainAfterAllThreeWereKilled() {
        HttpResponse<Buffer> first = putUntilAnswered(CLUSTER.node(1), "k", "a", "Idempotency-Key", "once");
        HttpResponse<Buffer> refused =
                putUntilAnswered(CLUSTER.node(2), "k", "b", "If-None-Match", "*", "Idempotency-Key", "if-once");
        CLUSTER.client().put(CLUSTER.node(2), "k", "c");
        List<LocalNode> nodes = CLUSTER.nodes();
        nodes.forEach(LocalNode::kill);
        CLUSTER.startAndAwaitReady(nodes.toArray(LocalNode[]::new));
        nodes.forEach(node -> CLUSTER.awaitUp(node, 3));

        assertAgain(201, first, putUntilAnswered(CLUSTER.node(3), "k", "a", "Idempotency-Key", "once"));
        assertAgain(
                412,
                refused,
                putUntilAnswered(CLUSTER.node(1), "k", "b", "If-None-Match", "*", "Idempotency-Key", "if-once"));
        assertEquals(
                422,
                putUntilAnswered(CLUSTER.node(2), "k", "other", "Idempotency-Key", "once")
                        .statusCode());
        assertEquals("c", CLUSTER.client().get(CLUSTER.node(1), "k").bodyAsString());
        HttpResponse<Buffer> told = CLUSTER.client()
                .send(CLUSTER.client().request(HttpMethod.GET, CLUSTER.node(2), "/v1/requests/once?key=k"));
        assertEquals("applied", told.bodyAsJsonObject().getString("state"), () -> KvClient.describe(told));
    }

    private static void assertAgain(int status, HttpResponse<Buffer> first, HttpResponse<Buffer> again) {
        assertEquals(status, first.statusCode(), () -> KvClient.describe(first));
        assertEquals(status, again.statusCode(), () -> KvClient.describe(again));
        assertEquals(first.getHeader("ETag"), again.getHeader("ETag"));
        assertEquals("true", again.getHeader("Quorate-Replayed"));
    }
}
