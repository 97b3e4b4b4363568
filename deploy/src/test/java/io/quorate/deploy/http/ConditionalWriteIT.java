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
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code If-Match} and {@code If-None-Match}: compare-and-set over HTTP, through any node. */
final class ConditionalWriteIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();
    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n2 = CLUSTER.node(2);
    private final LocalNode n3 = CLUSTER.node(3);

    private HttpResponse<Buffer> putIf(LocalNode node, String key, String header, String tags, String value) {
        return client.send(request(HttpMethod.PUT, node, key, header, tags), Buffer.buffer(value));
    }

    private HttpResponse<Buffer> deleteIf(LocalNode node, String key, String header, String tags) {
        return client.send(request(HttpMethod.DELETE, node, key, header, tags));
    }

    private HttpRequest<Buffer> request(HttpMethod method, LocalNode node, String key, String header, String tags) {
        return client.request(method, node.httpPort(), KvClient.kv(key)).putHeader(header, tags);
    }

    private String etagOf(String key) {
        return client.get(n1, key).getHeader("ETag");
    }

    @Test
    void theFirstOfTwoWhoCreateAKeyWins() {
        assertEquals(201, putIf(n1, "create", "If-None-Match", "*", "first").statusCode());
        HttpResponse<Buffer> second = putIf(n2, "create", "If-None-Match", "*", "second");
        assertEquals(412, second.statusCode(), () -> KvClient.describe(second));
        assertEquals(etagOf("create"), second.getHeader("ETag"));
        assertEquals("none", KvClient.problem(second).getString("outcome"));
        assertEquals("first", client.get(n3, "create").bodyAsString());
    }

    @Test
    void aWriteOnTheVersionThatWasReadTakesEffectAndTheNextOnItDoesNot() {
        String read = client.put(n1, "match", "a").getHeader("ETag");
        HttpResponse<Buffer> written = putIf(n2, "match", "If-Match", read, "b");
        assertEquals(200, written.statusCode(), () -> KvClient.describe(written));
        assertNotEquals(read, written.getHeader("ETag"));

        HttpResponse<Buffer> late = putIf(n3, "match", "If-Match", read, "c");
        assertEquals(412, late.statusCode());
        assertEquals(written.getHeader("ETag"), late.getHeader("ETag"));
        assertEquals("b", client.get(n1, "match").bodyAsString());
    }

    @Test
    void aPlainWriteBetweenReadingAndWritingIsNoticed() {
        String read = client.put(n1, "plain", "a").getHeader("ETag");
        client.put(n2, "plain", "b");
        assertEquals(412, putIf(n3, "plain", "If-Match", read, "c").statusCode());
        assertEquals("b", client.get(n1, "plain").bodyAsString());
    }

    @Test
    void plainAndConditionalWritesFollowEachOther() {
        String etag = client.put(n1, "mixed", "0").getHeader("ETag");
        for (int i = 1; i <= 20; i++) {
            LocalNode node = CLUSTER.node(1 + i % 3);
            String value = Integer.toString(i);
            HttpResponse<Buffer> answer =
                    i % 4 == 0 ? client.put(node, "mixed", value) : putIf(node, "mixed", "If-Match", etag, value);
            assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
            etag = answer.getHeader("ETag");
            HttpResponse<Buffer> read = client.get(CLUSTER.node(1 + (i + 1) % 3), "mixed");
            assertEquals(value, read.bodyAsString());
            assertEquals(etag, read.getHeader("ETag"));
        }
    }

    @Test
    void aDeleteMayDependOnTheVersionToo() {
        String read = client.put(n1, "delete", "a").getHeader("ETag");
        String newer = client.put(n1, "delete", "b").getHeader("ETag");
        assertEquals(412, deleteIf(n2, "delete", "If-Match", read).statusCode());
        assertEquals(204, deleteIf(n2, "delete", "If-Match", newer).statusCode());
        assertEquals(404, client.get(n3, "delete").statusCode());
        assertEquals(412, deleteIf(n2, "delete", "If-Match", "*").statusCode());
    }

    @Test
    void aDeletedKeyMayBeCreatedAgainOrMatchedByItsTombstone() {
        client.put(n1, "again", "a");
        client.delete(n1, "again");
        assertEquals(201, putIf(n2, "again", "If-None-Match", "*", "b").statusCode());
        client.delete(n1, "again");
        assertEquals(201, putIf(n3, "again", "If-Match", etagOf("again"), "c").statusCode());
        assertEquals("c", client.get(n1, "again").bodyAsString());
    }

    @Test
    void ifMatchAnyWantsAValueToBeThere() {
        HttpResponse<Buffer> answer = putIf(n1, "update only", "If-Match", "*", "a");
        assertEquals(412, answer.statusCode());
        assertNull(answer.getHeader("ETag"));
        assertEquals(404, client.get(n2, "update only").statusCode());
        client.put(n2, "update only", "a");
        assertEquals(200, putIf(n1, "update only", "If-Match", "*", "b").statusCode());
    }

    @Test
    void oneOfSeveralVersionsIsEnough() {
        String first = client.put(n1, "several", "a").getHeader("ETag");
        String second = client.put(n1, "several", "b").getHeader("ETag");
        assertEquals(
                200,
                putIf(n1, "several", "If-Match", first + ", " + second, "c").statusCode());
        assertEquals(
                412,
                putIf(n1, "several", "If-None-Match", etagOf("several"), "d").statusCode());
        assertEquals(200, putIf(n1, "several", "If-None-Match", first, "e").statusCode());
    }

    @Test
    void theEvidenceShowsBothRounds() {
        HttpResponse<Buffer> answer = putIf(n1, "evidence", "If-None-Match", "*", "a");
        String evidence = answer.getHeader("Quorate-Evidence");
        assertTrue(evidence.contains("rounds=2"), evidence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3.4",
                "\"x\"",
                "W/1.2.3.4",
                "w/\"1.2.3.4\"",
                "\"1.2.3.4\" \"1.2.3.5\"",
                "\"1.2.3\"",
                "\"ffffffffffffffff.2.3.4\"",
                "\"1.2.3.ffffffffffffffff\"",
                "*, *"
            })
    void aTagThatIsNoneIsRefused(String tag) {
        HttpResponse<Buffer> answer = putIf(n1, "malformed", "If-Match", tag, "a");
        assertEquals(400, answer.statusCode(), () -> KvClient.describe(answer));
        String detail = KvClient.problem(answer).getString("detail");
        assertTrue(detail.contains("If-Match") && detail.contains("Nothing was applied"), detail);
    }

    /** RFC 9110: If-Match compares strongly, so that a weak tag matches nothing. If-None-Match compares weakly. */
    @Test
    void aWeakTagMatchesNothingAndExcludesItsVersion() {
        String tag = client.put(n1, "weak", "a").getHeader("ETag");
        assertEquals(412, putIf(n1, "weak", "If-Match", "W/" + tag, "b").statusCode());
        assertEquals(
                200, putIf(n1, "weak", "If-Match", "W/\"1.1.1.0\", " + tag, "c").statusCode());
        String now = etagOf("weak");
        assertEquals(412, putIf(n1, "weak", "If-None-Match", "W/" + now, "d").statusCode());
        assertEquals(200, putIf(n1, "weak", "If-None-Match", "W/" + tag, "e").statusCode());
    }

    @Test
    void aConditionIsJudgedLinearizablyOrNotAtAll() {
        HttpResponse<Buffer> answer = client.send(
                client.request(HttpMethod.PUT, n1.httpPort(), "/v1/kv/level?consistency=one")
                        .putHeader("If-None-Match", "*"),
                Buffer.buffer("a"));
        assertEquals(400, answer.statusCode());
        assertEquals(404, client.get(n1, "level").statusCode());
    }
}
