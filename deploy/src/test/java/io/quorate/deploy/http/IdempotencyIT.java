package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Idempotency-Key}: a write that is sent again has its effect once and its first answer again, at any node. */
final class IdempotencyIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();
    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n2 = CLUSTER.node(2);
    private final LocalNode n3 = CLUSTER.node(3);

    private HttpResponse<Buffer> put(LocalNode node, String uri, String value, String... headers) {
        return client.send(request(HttpMethod.PUT, node, uri, headers), Buffer.buffer(value));
    }

    private HttpResponse<Buffer> delete(LocalNode node, String uri, String... headers) {
        return client.send(request(HttpMethod.DELETE, node, uri, headers));
    }

    private HttpRequest<Buffer> request(HttpMethod method, LocalNode node, String uri, String... headers) {
        HttpRequest<Buffer> request = client.request(method, node.httpPort(), uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<Buffer> outcome(LocalNode node, String uri) {
        return client.send(client.request(HttpMethod.GET, node.httpPort(), "/v1/requests/" + uri));
    }

    private static void assertAgain(HttpResponse<Buffer> first, HttpResponse<Buffer> again) {
        assertNull(first.getHeader("Quorate-Replayed"), () -> KvClient.describe(first));
        assertEquals("true", again.getHeader("Quorate-Replayed"), () -> KvClient.describe(again));
        assertEquals(first.statusCode(), again.statusCode(), () -> KvClient.describe(again));
        assertEquals(first.getHeader("ETag"), again.getHeader("ETag"));
        assertEquals(first.getHeader("Quorate-Expires-At"), again.getHeader("Quorate-Expires-At"));
    }

    @Test
    void aWriteIsAnsweredAgainAsAtFirstAlsoAfterOthers() {
        HttpResponse<Buffer> created = put(n1, "/v1/kv/plain", "a", "Idempotency-Key", "p-1");
        assertEquals(201, created.statusCode(), () -> KvClient.describe(created));
        client.put(n2, "plain", "b");
        assertAgain(created, put(n3, "/v1/kv/plain", "a", "Idempotency-Key", "p-1"));
        assertEquals("b", client.get(n1, "plain").bodyAsString());

        HttpResponse<Buffer> deleted = delete(n2, "/v1/kv/plain", "Idempotency-Key", "d-1");
        assertEquals(204, deleted.statusCode());
        client.put(n3, "plain", "c");
        assertAgain(deleted, delete(n1, "/v1/kv/plain", "Idempotency-Key", "d-1"));
        assertEquals("c", client.get(n2, "plain").bodyAsString());
    }

    @Test
    void theEndOfALifeStaysTheFirstOne() {
        HttpResponse<Buffer> first = put(n1, "/v1/kv/ttl?ttl=1h", "a", "Idempotency-Key", "t-1");
        assertAgain(first, put(n2, "/v1/kv/ttl?ttl=1h", "a", "Idempotency-Key", "t-1"));
        assertEquals(
                first.getHeader("Quorate-Expires-At"), client.get(n3, "ttl").getHeader("Quorate-Expires-At"));
    }

    @Test
    void aConditionIsJudgedOnce() {
        String read = client.put(n1, "if", "a").getHeader("ETag");
        String[] headers = {"If-Match", read, "Idempotency-Key", "i-1"};
        HttpResponse<Buffer> written = put(n2, "/v1/kv/if", "b", headers);
        assertEquals(200, written.statusCode(), () -> KvClient.describe(written));
        assertAgain(written, put(n3, "/v1/kv/if", "b", headers));

        headers[3] = "i-2";
        HttpResponse<Buffer> refused = put(n1, "/v1/kv/if", "c", headers);
        assertEquals(412, refused.statusCode());
        client.put(n1, "if", "d");
        assertAgain(refused, put(n2, "/v1/kv/if", "c", headers));
        assertEquals("d", client.get(n3, "if").bodyAsString());
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        put(n1, "/v1/kv/other", "a", "Idempotency-Key", "o-1");
        List<HttpResponse<Buffer>> others = List.of(
                put(n2, "/v1/kv/other", "b", "Idempotency-Key", "o-1"),
                put(n2, "/v1/kv/other?ttl=1h", "a", "Idempotency-Key", "o-1"),
                put(n2, "/v1/kv/other", "a", "Idempotency-Key", "o-1", "Content-Type", "text/plain"),
                put(n2, "/v1/kv/other", "a", "Idempotency-Key", "o-1", "If-Match", "*"),
                delete(n2, "/v1/kv/other", "Idempotency-Key", "o-1"));
        for (HttpResponse<Buffer> other : others) {
            assertEquals(422, other.statusCode(), () -> KvClient.describe(other));
            assertEquals("none", KvClient.problem(other).getString("outcome"));
        }
        assertEquals("a", client.get(n3, "other").bodyAsString());
        assertEquals(
                201, put(n3, "/v1/kv/other-key", "b", "Idempotency-Key", "o-1").statusCode());
    }

    @Test
    void whatHasBecomeOfARequestIsTold() {
        HttpResponse<Buffer> put = put(n1, "/v1/kv/a%2Fb", "a", "Idempotency-Key", "r 1");
        HttpResponse<Buffer> told = outcome(n2, "r%201?key=a%2Fb");
        assertEquals(200, told.statusCode(), () -> KvClient.describe(told));
        assertTrue(told.getHeader("Quorate-Evidence").startsWith("coordinator=n2"), () -> KvClient.describe(told));
        JsonObject applied = told.bodyAsJsonObject();
        assertEquals("applied", applied.getString("state"));
        assertEquals(201, applied.getInteger("status"));
        assertEquals(put.getHeader("ETag"), '"' + applied.getString("version") + '"');

        put(n1, "/v1/kv/a%2Fb", "b", "Idempotency-Key", "r-2", "If-None-Match", "*");
        JsonObject refused = outcome(n3, "r-2?key=a%2Fb").bodyAsJsonObject();
        assertEquals(
                Map.of("state", "refused", "status", 412),
                Map.of("state", refused.getString("state"), "status", refused.getInteger("status")));

        assertEquals(404, outcome(n1, "r-3?key=a%2Fb").statusCode());
        assertEquals(404, outcome(n1, "r-2?key=a").statusCode());
        assertEquals(400, outcome(n1, "r-2").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00e4", "tab\there"})
    void aKeyIsPrintable(String key) {
        HttpResponse<Buffer> answer = put(n1, "/v1/kv/bad", "a", "Idempotency-Key", key);
        assertEquals(400, answer.statusCode(), () -> KvClient.describe(answer));
        assertEquals(404, client.get(n1, "bad").statusCode());
    }

    @Test
    void aKeyHas255CharactersAtMostAndIsForLinearizableWrites() {
        assertEquals(
                201,
                put(n1, "/v1/kv/long", "a", "Idempotency-Key", "k".repeat(255)).statusCode());
        assertEquals(
                400,
                put(n1, "/v1/kv/long", "a", "Idempotency-Key", "k".repeat(256)).statusCode());
        assertEquals(
                400,
                put(n1, "/v1/kv/long?consistency=one", "a", "Idempotency-Key", "k")
                        .statusCode());
    }

    @Test
    void theKeyOfABatchIsThatOfEachOfItsWrites() {
        String batch = new JsonObject()
                .put(
                        "operations",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("op", "put")
                                        .put("key", "batch")
                                        .put("value", "1"))
                                .add(new JsonObject()
                                        .put("op", "put")
                                        .put("key", "batch")
                                        .put("value", "2"))
                                .add(new JsonObject().put("op", "get").put("key", "batch"))
                                .add(new JsonObject()
                                        .put("op", "delete")
                                        .put("key", "batch")
                                        .put("idempotencyKey", "own")))
                .encode();
        JsonArray first = batch(n1, batch);
        client.put(n2, "batch", "later");
        JsonArray again = batch(n3, batch);
        for (int i : new int[] {0, 1, 3}) {
            assertEquals(true, again.getJsonObject(i).getBoolean("replayed"), again::encodePrettily);
            assertEquals(
                    first.getJsonObject(i).getString("version"),
                    again.getJsonObject(i).getString("version"));
            assertEquals(
                    first.getJsonObject(i).getInteger("status"),
                    again.getJsonObject(i).getInteger("status"));
        }
        assertNotEquals(
                first.getJsonObject(0).getString("version"),
                first.getJsonObject(1).getString("version"));
        assertEquals("later", again.getJsonObject(2).getString("value"));
        assertEquals("later", client.get(n1, "batch").bodyAsString());
        assertEquals(
                "applied",
                outcome(n2, "b-1?key=batch&operation=2").bodyAsJsonObject().getString("state"));
    }

    /** Each operation of a batch is as if it were a request by itself. */
    @Test
    void aWriteThatIsSentByItselfAndThenInABatchIsTheSame() {
        HttpResponse<Buffer> alone = put(n1, "/v1/kv/moved?ttl=60s", "a", "Idempotency-Key", "m-1");
        HttpResponse<Buffer> deleted = delete(n1, "/v1/kv/moved", "Idempotency-Key", "m-2");
        JsonArray again = batch(
                n2,
                new JsonObject()
                        .put(
                                "operations",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("op", "put")
                                                .put("key", "moved")
                                                .put("value", "a")
                                                .put("ttl", "1m")
                                                .put("idempotencyKey", "m-1"))
                                        .add(new JsonObject()
                                                .put("op", "delete")
                                                .put("key", "moved")
                                                .put("idempotencyKey", "m-2")))
                        .encode());
        for (int i = 0; i < 2; i++) {
            assertEquals(true, again.getJsonObject(i).getBoolean("replayed"), again::encodePrettily);
        }
        assertEquals(alone.statusCode(), again.getJsonObject(0).getInteger("status"));
        assertEquals(deleted.statusCode(), again.getJsonObject(1).getInteger("status"));
    }

    private JsonArray batch(LocalNode node, String body) {
        HttpResponse<Buffer> answer =
                client.send(request(HttpMethod.POST, node, "/v1/batch", "Idempotency-Key", "b-1"), Buffer.buffer(body));
        assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
        return answer.bodyAsJsonObject().getJsonArray("results");
    }
}
