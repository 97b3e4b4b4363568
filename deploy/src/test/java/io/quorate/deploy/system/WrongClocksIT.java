package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.WrongClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An hour ahead, an hour behind, and one that runs double: clocks decide when a life ends, and how long a delete is
 * kept, and nothing else.
 */
@Tag("faults")
final class WrongClocksIT {
    private static final int CLIENTS = 6;
    private static final int KEYS = 4;
    private static final int STEPS = 200;
    private static final long SKEW_LEAST_MS = TimeUnit.MINUTES.toMillis(110);

    /** Deletes are forgotten as soon as may be. */
    private static final String OPTIONS = "requestTimeoutMsMax: 6000\npurgeQuietMs: 9000\n";

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThreeWithClocks(
            OPTIONS, WrongClock.off("+1h"), WrongClock.off("-1h"), WrongClock.runningDouble());

    private final KvClient client = CLUSTER.client();

    @Test
    void wrongClocksAreNeitherAnOutageNorSeenInTheHistoryNotEvenAfterAStartWithTheClockSetBack() throws IOException {
        RegisterClients registers = RegisterClients.patient(CLUSTER, KEYS);
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(STEPS);
            assertTheClocksAreWrong();
            awaitForgetting();
            registers.through(List.of(CLUSTER.node(2), CLUSTER.node(3)));
            restartWithClock(CLUSTER.node(1), "-1h");
            registers.through(CLUSTER.nodes());
            clients.awaitFurther(STEPS);
            awaitForgetting();
            clients.stop();
        }
        restartWithClock(CLUSTER.node(1), "+1h");
        registers.judge("wrong-clocks");
        assertEquals(List.of(), registers.outages());
        registers.awaitAgreement();
    }

    @Test
    void whatIsWrittenAfterAStartWithTheClockSetBackReplacesWhatWasWrittenBefore() {
        LocalNode node = CLUSTER.node(1);
        client.put(node, "set back", "before");
        restartWithClock(node, "-1h");
        HttpResponse<Buffer> after = client.put(node, "set back", "after");
        assertEquals(200, after.statusCode(), () -> KvClient.describe(after));
        CLUSTER.nodes()
                .forEach(reader ->
                        assertEquals("after", client.get(reader, "set back").bodyAsString()));
        restartWithClock(node, "+1h");
    }

    @Test
    void anHourNeitherShortensNorProlongsALife() {
        for (LocalNode writer : CLUSTER.nodes()) {
            String key = "long life/" + writer;
            assertEquals(201, putWithLife(writer, key, "30m").statusCode());
            CLUSTER.nodes()
                    .forEach(node -> assertEquals(200, client.get(node, key).statusCode(), node + " ends " + key));
        }
    }

    /** Without the third, whose clock is between the two, the time of the cluster falls back by an hour. */
    @Test
    void aLifeThatIsOverStaysOverWhenTheTimeOfTheClusterFallsBack() {
        LocalNode ahead = CLUSTER.node(1);
        LocalNode between = CLUSTER.node(3);
        assertEquals(201, putWithLife(ahead, "short life", "300ms").statusCode());
        await().until(() -> client.get(CLUSTER.node(2), "short life").statusCode() == 404);
        between.kill();
        CLUSTER.awaitUp(ahead, 2);
        assertEquals(404, client.get(ahead, "short life").statusCode());
        assertEquals(404, client.get(CLUSTER.node(2), "short life").statusCode());
        CLUSTER.startAndAwaitReady(between);
        CLUSTER.nodes().forEach(node -> CLUSTER.awaitUp(node, 3));
        assertEquals(404, client.get(between, "short life").statusCode());
    }

    private HttpResponse<Buffer> putWithLife(LocalNode node, String key, String life) {
        return client.send(client.request(HttpMethod.PUT, node, KvClient.kv(key) + "?ttl=" + life), Buffer.buffer("v"));
    }

    private static void restartWithClock(LocalNode node, String offset) {
        node.kill();
        node.setClock(WrongClock.off(offset));
        CLUSTER.startAndAwaitReady(node);
        CLUSTER.nodes().forEach(observer -> CLUSTER.awaitUp(observer, 3));
    }

    /** Passes raise the fence to the clock that is furthest behind, while writes go on. */
    private void awaitForgetting() {
        long before = forgottenUpToMs();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            CLUSTER.nodes().forEach(client::hurry);
            return forgottenUpToMs() > before;
        });
    }

    private long forgottenUpToMs() {
        return CLUSTER.nodes().stream()
                .map(client::forgetting)
                .mapToLong(forgetting -> forgetting.containsKey("upTo")
                        ? Instant.parse(forgetting.getString("upTo")).toEpochMilli()
                        : Long.MIN_VALUE)
                .min()
                .orElseThrow();
    }

    /** Otherwise this class would show nothing. */
    private void assertTheClocksAreWrong() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.cluster(CLUSTER.node(2)).skewMsOf(CLUSTER.node(1)) > SKEW_LEAST_MS);
        long before = client.cluster(CLUSTER.node(2)).skewMsOf(CLUSTER.node(3));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.cluster(CLUSTER.node(2)).skewMsOf(CLUSTER.node(3)) > before + 200);
    }
}
