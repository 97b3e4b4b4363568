package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestsIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();

    @ParameterizedTest
    @ValueSource(strings = {"linearizable", "quorum", "one", "all"})
    void everyLevelReadsWhatEveryNodeHas(String level) {
        send(HttpMethod.PUT, "/v1/kv/levels?consistency=all", "value");

        HttpResponse<Buffer> answer = send(HttpMethod.GET, "/v1/kv/levels?consistency=" + level, "");
        assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
        assertEquals("value", answer.bodyAsString());
    }

    @ParameterizedTest
    @CsvSource({"linearizable, 2, 2", "one, 1, 1", "all, 3, 2"})
    void aWriteSaysHowManyAcknowledgedIt(String level, int required, int rounds) {
        HttpResponse<Buffer> answer = send(HttpMethod.PUT, "/v1/kv/write-" + level + "?consistency=" + level, "value");

        assertTrue(answer.statusCode() == 201 || answer.statusCode() == 200, () -> KvClient.describe(answer));
        String evidence = answer.getHeader("Quorate-Evidence");
        assertTrue(evidence.contains("quorum=" + required + ";"), evidence);
        assertTrue(evidence.endsWith("rounds=" + rounds), evidence);
        String acked = evidence.replaceFirst(".*acked=([^;]*);.*", "$1");
        assertTrue(acked.split(",").length >= required, evidence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consistency=strong",
                "consistency=",
                "timeout=2",
                "timeout=-1s",
                "timeout=0ms",
                "timeout=61s",
                "timeout=99999999999999999s",
                "explain=maybe",
                "ttl=0s",
                "nonsense=1",
                "timeout=1s&timeout=2s"
            })
    void aParameterThatMakesNoSenseIsRefusedAndNothingIsApplied(String query) {
        HttpResponse<Buffer> answer = send(HttpMethod.PUT, "/v1/kv/parameters?" + query, "value");

        assertEquals(400, answer.statusCode(), () -> KvClient.describe(answer));
        assertEquals("none", KvClient.problem(answer).getString("outcome"));
        assertEquals(404, client.get(CLUSTER.node(1), "parameters").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"50ms", "2s", "1m"})
    void aTimeoutMayBeGivenInThreeUnits(String timeout) {
        send(HttpMethod.PUT, "/v1/kv/timed", "value");
        assertEquals(
                200, send(HttpMethod.GET, "/v1/kv/timed?timeout=" + timeout, "").statusCode());
    }

    @Test
    void explainTellsEveryRoundOfAWrite() {
        HttpResponse<Buffer> answer = send(HttpMethod.PUT, "/v1/kv/explained?explain=1", "value");

        JsonObject body = answer.bodyAsJsonObject();
        assertEquals("explained", body.getString("key"));
        assertEquals("\"" + body.getString("version") + "\"", answer.getHeader("ETag"));
        JsonArray rounds = body.getJsonObject("evidence").getJsonArray("rounds");
        assertEquals(2, rounds.size(), body::encodePrettily);
        JsonArray asked = rounds.getJsonObject(1).getJsonArray("replicas");
        assertEquals(3, asked.size(), body::encodePrettily);
        for (int i = 0; i < asked.size(); i++) {
            assertTrue(asked.getJsonObject(i).containsKey("id"), body::encodePrettily);
            assertTrue(asked.getJsonObject(i).containsKey("answer"), body::encodePrettily);
        }
    }

    @Test
    void explainTellsTheRoundOfARead() {
        send(HttpMethod.PUT, "/v1/kv/explained-read", "value");

        JsonObject body =
                send(HttpMethod.GET, "/v1/kv/explained-read?explain=1", "").bodyAsJsonObject();
        assertEquals("value", body.getString("value"));
        assertFalse(body.getJsonObject("evidence").getJsonArray("rounds").isEmpty(), body::encodePrettily);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PROPFIND"})
    void otherMethodsOnAKeyAreNotAllowed(String method) {
        HttpResponse<Buffer> answer = send(HttpMethod.valueOf(method), "/v1/kv/method", "");

        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD, PUT, PATCH, DELETE, OPTIONS", answer.getHeader("Allow"));
    }

    @Test
    void optionsOfAKeyAreItsMethods() {
        HttpResponse<Buffer> answer = send(HttpMethod.OPTIONS, "/v1/kv/method", "");

        assertEquals(204, answer.statusCode());
        assertEquals("GET, HEAD, PUT, PATCH, DELETE, OPTIONS", answer.getHeader("Allow"));
    }

    @Test
    void nothingElseIsThere() {
        HttpResponse<Buffer> answer = send(HttpMethod.GET, "/v2/kv/x", "");

        assertEquals(404, answer.statusCode());
        assertEquals(404, KvClient.problem(answer).getInteger("status"));
    }

    @Test
    void anErrorSaysWhatInTheFieldsOfAProblem() {
        JsonObject problem = KvClient.problem(send(HttpMethod.PUT, "/v1/kv/x?consistency=strong", ""));

        assertEquals(400, problem.getInteger("status"));
        assertEquals("Bad Request", problem.getString("title"));
        assertEquals("about:blank", problem.getString("type"));
        assertTrue(problem.getString("detail").contains("linearizable, quorum, one, all"), problem::encodePrettily);
    }

    @Test
    void aConditionIsNeverOverlooked() {
        HttpResponse<Buffer> answer = client.send(
                client.request(HttpMethod.PUT, CLUSTER.node(1).httpPort(), "/v1/kv/conditional")
                        .putHeader("If-Match", "*"),
                Buffer.buffer("value"));

        assertTrue(answer.statusCode() >= 400, () -> KvClient.describe(answer));
        assertEquals(404, client.get(CLUSTER.node(1), "conditional").statusCode());
    }

    @Test
    void theClusterIsDescribedByEveryNode() {
        for (var node : CLUSTER.nodes()) {
            // A node that has just started may be slow for a moment.
            CLUSTER.awaitUp(node, 3);
            JsonObject cluster = client.cluster(node).json();
            assertEquals("test", cluster.getString("cluster"));
            assertEquals(node.id(), cluster.getString("coordinator"));
            assertEquals(2, cluster.getInteger("quorum"));
            assertEquals(1, cluster.getInteger("canLose"));
            JsonObject member = cluster.getJsonArray("nodes").getJsonObject(1);
            assertEquals("n2", member.getString("id"));
            assertEquals("up", member.getString("state"));
            assertEquals(CLUSTER.node(2).pid(), member.getLong("pid"));
            assertTrue(member.getLong("cpuMs") > 0, member::encodePrettily);
            assertTrue(member.getLong("residentBytes") > 1 << 20, member::encodePrettily);
            assertEquals(1, member.getLong("incarnation"));
        }
    }

    @Test
    void oneNodeIsDescribedByItsName() {
        assertEquals(
                "n2",
                send(HttpMethod.GET, "/v1/nodes/n2", "").bodyAsJsonObject().getString("id"));
        assertEquals(404, send(HttpMethod.GET, "/v1/nodes/n9", "").statusCode());
    }

    @Test
    void whatEachReplicaHoldsIsShownSideBySide() {
        send(HttpMethod.PUT, "/v1/kv/held?consistency=all", "value");
        var replicas = client.replicas(CLUSTER.node(3), "held");
        for (var node : CLUSTER.nodes()) {
            assertEquals("value", replicas.stateOf(node));
            assertEquals(5, replicas.of(node).getInteger("bytes"));
            assertFalse(replicas.isStale(node));
        }

        send(HttpMethod.DELETE, "/v1/kv/held?consistency=all", "");
        assertEquals("tombstone", client.replicas(CLUSTER.node(3), "held").stateOf(CLUSTER.node(1)));
        assertEquals("absent", client.replicas(CLUSTER.node(3), "never held").stateOf(CLUSTER.node(1)));
    }

    @Test
    void everyNodeIsLiveAndReady() {
        for (var node : CLUSTER.nodes()) {
            assertEquals(200, client.status(node.httpPort(), "/health/live"));
            assertEquals(200, client.status(node.httpPort(), "/health/ready"));
        }
    }

    private HttpResponse<Buffer> send(HttpMethod method, String uri, String body) {
        return client.send(client.request(method, CLUSTER.node(1).httpPort(), uri), Buffer.buffer(body));
    }
}
