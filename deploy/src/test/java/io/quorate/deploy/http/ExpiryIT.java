package io.quorate.deploy.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpiryIT {
    private static final String AT = "Quorate-Expires-At";
    private static final String IN = "Quorate-Expires-In";

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();

    @Test
    void whatIsLeftOfALifeIsTheSameAtEveryNode() {
        HttpResponse<Buffer> put = put("left", "1h");
        assertEquals(201, put.statusCode(), () -> KvClient.describe(put));
        Instant expiresAt = Instant.parse(put.getHeader(AT));
        Duration untilThen = Duration.between(Instant.now(), expiresAt);
        assertTrue(untilThen.compareTo(Duration.ofMinutes(59)) > 0, put.getHeader(AT));
        for (LocalNode node : CLUSTER.nodes()) {
            for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}) {
                HttpResponse<Buffer> answer = client.send(client.request(method, node.httpPort(), KvClient.kv("left")));
                assertEquals(200, answer.statusCode());
                assertEquals(put.getHeader(AT), answer.getHeader(AT));
                assertTrue(answer.getHeader(IN).matches("3[56]\\d{5}ms"), answer.getHeader(IN));
            }
        }
    }

    @Test
    void anItemOfAScanSaysWhenItsLifeEnds() {
        String expiresAt = put("scanned", "1h").getHeader(AT);
        JsonObject item = client.send(
                        client.request(HttpMethod.GET, CLUSTER.node(2).httpPort(), "/v1/kv?prefix=scanned"))
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals(expiresAt, item.getString("expiresAt"));
        assertTrue(item.getLong("expiresInMs") > Duration.ofMinutes(50).toMillis(), item::encode);
    }

    @Test
    void aValueWithoutALifeSaysNothingOfOne() {
        client.put(CLUSTER.node(1), "stays", "v");
        assertNull(client.get(CLUSTER.node(2), "stays").getHeader(AT));
        assertNull(client.get(CLUSTER.node(2), "stays").getHeader(IN));
    }

    @Test
    void onceAbsentAnywhereAValueIsAbsentEverywhereAndItsETagIsATombstones() {
        for (LocalNode first : CLUSTER.nodes()) {
            String key = "ends/" + first;
            String written = put(key, "200ms").getHeader("ETag");
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> client.get(first, key).statusCode() == 404);
            String ended = client.get(first, key).getHeader("ETag");
            assertEquals(written.replaceAll("\\.0\"$", ".1\""), ended);
            for (LocalNode node : CLUSTER.nodes()) {
                HttpResponse<Buffer> answer = client.get(node, key);
                assertEquals(404, answer.statusCode(), () -> KvClient.describe(answer));
                assertEquals(ended, answer.getHeader("ETag"));
                assertNull(answer.getHeader(AT));
                HttpMethod head = HttpMethod.HEAD;
                assertEquals(
                        404,
                        client.send(client.request(head, node.httpPort(), KvClient.kv(key)))
                                .statusCode());
            }
        }
    }

    @Test
    void aValueWhoseLifeIsOverIsNoneForAWrite() {
        put("again", "1ms");
        await().until(() ->
                "expired".equals(client.replicas(CLUSTER.node(2), "again").stateOf(CLUSTER.node(2))));
        assertEquals(201, client.put(CLUSTER.node(2), "again", "b").statusCode());
        HttpResponse<Buffer> answer = client.get(CLUSTER.node(3), "again");
        assertEquals("b", answer.bodyAsString());
        assertNull(answer.getHeader(AT), "a value has the life that it was written with, or none");
    }

    @Test
    void theReplicasOfAKeyShowItsEndAndThenItsTombstone() {
        String expiresAt = put("shown", "300ms").getHeader(AT);
        JsonObject held = client.replicas(CLUSTER.node(1), "shown").of(CLUSTER.node(1));
        assertEquals(expiresAt, held.getString("expiresAt"), held::encodePrettily);
        await().until(() ->
                "expired".equals(client.replicas(CLUSTER.node(1), "shown").stateOf(CLUSTER.node(1))));
        client.get(CLUSTER.node(1), "shown");
        for (LocalNode node : CLUSTER.nodes()) {
            await().until(() ->
                    "tombstone".equals(client.replicas(CLUSTER.node(1), "shown").stateOf(node)));
        }
    }

    @Test
    void anExplainedReadAndWriteTellOfTheEnd() {
        JsonObject written = client.send(
                        client.request(
                                HttpMethod.PUT,
                                CLUSTER.node(1).httpPort(),
                                KvClient.kv("explained") + "?ttl=1h&explain=1"),
                        Buffer.buffer("v"))
                .bodyAsJsonObject();
        JsonObject read = client.send(client.request(
                        HttpMethod.GET, CLUSTER.node(2).httpPort(), KvClient.kv("explained") + "?explain=1"))
                .bodyAsJsonObject();
        assertEquals(written.getString("expiresAt"), read.getString("expiresAt"), read::encodePrettily);
        assertTrue(read.getLong("expiresInMs") > 3_500_000, read::encodePrettily);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s", "30", "3651d", ""})
    void aLifeThatIsNoneIsRefusedAndNothingIsApplied(String ttl) {
        HttpResponse<Buffer> refused = put("refused", ttl);
        assertEquals(400, refused.statusCode());
        assertTrue(
                KvClient.problem(refused).getString("detail").contains("from 1ms to 3650d"),
                () -> KvClient.describe(refused));
        assertEquals(404, client.get(CLUSTER.node(1), "refused").statusCode());
    }

    @Test
    void aLifeIsForAPutAlone() {
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.DELETE}) {
            HttpResponse<Buffer> refused = client.send(
                    client.request(method, CLUSTER.node(1).httpPort(), KvClient.kv("put alone") + "?ttl=1s"));
            assertEquals(400, refused.statusCode());
        }
    }

    private HttpResponse<Buffer> put(String key, String ttl) {
        return client.send(
                client.request(HttpMethod.PUT, CLUSTER.node(1).httpPort(), KvClient.kv(key) + "?ttl=" + ttl),
                Buffer.buffer("a"));
    }
}
