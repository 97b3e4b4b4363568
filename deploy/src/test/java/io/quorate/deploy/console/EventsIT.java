package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.LongHandoff;
import io.quorate.deploy.cluster.RawConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The events that the console receives: the requests, and the nodes that took part. */
final class EventsIT {
    /**
     * Asked without an answer. Or not asked, if the machine was too busy for the write to follow within half a second.
     */
    private static final String N2_IS_MISSING =
            ".*\"id\":\"n2\",\"sentUs\":[0-9]+,\"answer\":\"(no answer yet|connection lost)\".*"
                    + "|.*\"unreachable\":\\[\"n2\"].*";

    private static final int CONNECTIONS = 4;
    private static final List<String> MISSED = List.of("missed 1", "missed 2", "missed 3", "missed 4", "missed 5");

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree("eventLoops: 2\n" + LongHandoff.OPTIONS);

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n2 = CLUSTER.node(2);
    private final LocalNode n3 = CLUSTER.node(3);

    @Test
    void aWriteShowsTwoAcksWhileANodeIsDeadAndAReadAfterItsReturnItsRepair() {
        try (Events events = new Events(n1)) {
            n3.kill();
            JsonObject alone = events.await("cluster", state("n3", "down"));
            assertEquals(0, alone.getInteger("canLose"));

            LongHandoff.prepare(CLUSTER.client(), n1);
            MISSED.forEach(key -> CLUSTER.client().put(n1, key, "v"));
            JsonObject write = events.awaitRequest("write", MISSED.get(0));
            assertEquals("applied", write.getString("outcome"));
            JsonObject evidence = write.getJsonObject("evidence");
            assertEquals(new JsonArray(List.of("n1", "n2")), evidence.getJsonArray("acked"));
            assertEquals(new JsonArray(List.of("n3")), evidence.getJsonArray("unreachable"));
            assertDecidedByTheSecondAnswer(evidence.getJsonArray("rounds").getJsonObject(1));

            CLUSTER.startAndAwaitReady(n3);
            CLUSTER.awaitUp(n1, 3);
            assertTrue(anyReadRepairs(events, "n3"), events::toString);
        }
    }

    @Test
    void theAnswerOfASlowReplicaIsShownAsMissing() {
        CLUSTER.awaitUp(n1, 3);
        try (Events events = new Events(n1)) {
            n2.pause();
            CLUSTER.client().put(n1, "late", "v");
            JsonObject write = events.awaitRequest("write", "late");
            n2.resume();
            assertTrue(write.encode().matches(N2_IS_MISSING), write::encode);
        } finally {
            n2.resume();
        }
    }

    @Test
    void requestsOfAllEventLoopsReachEveryStream() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        try (Events events = new Events(n1);
                Events others = new Events(n1)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                RawConnection connection = new RawConnection(n1);
                connections.add(connection);
                connection.send("GET /v1/kv/loop" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                connection.answer();
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                assertEquals(events.awaitRequest("read", "loop" + i), others.awaitRequest("read", "loop" + i));
            }
            awaitRate(events);
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void aRequestThatFailedIsShownAndKept() {
        try (Events events = new Events(n1)) {
            n2.pause();
            n3.pause();
            HttpResponse<Buffer> refused = CLUSTER.client()
                    .send(CLUSTER.client().request(HttpMethod.GET, n1.httpPort(), "/v1/kv/alone?timeout=200ms"));
            assertEquals(503, refused.statusCode());
            JsonObject shown = events.awaitRequest("read", "alone");
            assertEquals("no quorum", shown.getString("reason"));
            JsonObject slow = CLUSTER.client()
                    .send(CLUSTER.client().request(HttpMethod.GET, n1.httpPort(), "/v1/slow"))
                    .bodyAsJsonObject();
            assertEquals(500, slow.getInteger("thresholdMs"));
            assertEquals(shown, slow.getJsonArray("requests").getJsonObject(0));
        } finally {
            n2.resume();
            n3.resume();
            CLUSTER.awaitUpAgain(n1, 3);
        }
    }

    @Test
    void aStreamEndsAndHoldsNothingUpWhenItsNodeIsToldToStop() {
        try (Events events = new Events(n2)) {
            n2.terminate();
            events.awaitEnd();
            n2.awaitEnd(Duration.ofSeconds(4));
        } finally {
            CLUSTER.startAndAwaitReady(n2);
            CLUSTER.awaitUp(n1, 3);
        }
    }

    /**
     * Both streams receive events for the same seconds. A stream that falls behind may receive only every other one.
     */
    private void awaitRate(Events events) {
        Awaitility.await().until(() -> {
            CLUSTER.client().get(n1, "loop0");
            return events.has("cluster", body -> body.getJsonObject("rates").getDouble("readsPerS") > 0);
        });
    }

    /** A read waits 100 ms for a replica that came back, and no longer: on a busy machine not each of them shows it. */
    private boolean anyReadRepairs(Events events, String id) {
        return MISSED.stream().anyMatch(key -> {
            CLUSTER.client().get(n1, key);
            JsonObject evidence = events.awaitRequest("read", key).getJsonObject("evidence");
            return evidence.getJsonArray("repaired").contains(id);
        });
    }

    private static void assertDecidedByTheSecondAnswer(JsonObject round) {
        JsonArray replicas = round.getJsonArray("replicas");
        long last = Math.max(
                replicas.getJsonObject(0).getLong("answeredUs"),
                replicas.getJsonObject(1).getLong("answeredUs"));
        assertEquals(2, round.getInteger("required"), round::encode);
        assertEquals(last, round.getLong("decidedUs"), round::encode);
    }

    private static Predicate<JsonObject> state(String id, String state) {
        return cluster -> cluster.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .anyMatch(node -> id.equals(node.getString("id")) && state.equals(node.getString("state")));
    }
}
