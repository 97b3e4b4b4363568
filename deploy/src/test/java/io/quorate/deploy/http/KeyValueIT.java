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
import io.vertx.ext.web.client.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class KeyValueIT {
    private static final String ETAG = "\"[0-9a-f]+\\.[0-9a-f]+\\.[0-9a-f]+\\.[0-9a-f]+\"";

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();

    @Test
    void whatIsWrittenAtOneNodeIsReadAtEveryOther() {
        for (LocalNode writer : CLUSTER.nodes()) {
            client.put(writer, "from/" + writer, "written at " + writer);
            for (LocalNode reader : CLUSTER.nodes()) {
                HttpResponse<Buffer> answer = client.get(reader, "from/" + writer);
                assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
                assertEquals("written at " + writer, answer.bodyAsString());
            }
        }
    }

    @Test
    void theFirstPutCreatesAndTheNextReplaces() {
        assertEquals(201, client.put(CLUSTER.node(1), "created", "a").statusCode());
        assertEquals(200, client.put(CLUSTER.node(2), "created", "b").statusCode());
    }

    @Test
    void aPutAfterADeleteCreatesAgain() {
        client.put(CLUSTER.node(1), "again", "a");
        client.delete(CLUSTER.node(2), "again");
        assertEquals(201, client.put(CLUSTER.node(3), "again", "b").statusCode());
        assertEquals("b", client.get(CLUSTER.node(1), "again").bodyAsString());
    }

    @Test
    void aDeletedKeyIsNotFoundAnywhereAndCarriesTheVersionOfItsTombstone() {
        client.put(CLUSTER.node(1), "deleted", "a");
        HttpResponse<Buffer> deleted = client.delete(CLUSTER.node(2), "deleted");

        assertEquals(204, deleted.statusCode());
        assertTrue(deleted.getHeader("ETag").matches(ETAG), deleted.getHeader("ETag"));
        for (LocalNode node : CLUSTER.nodes()) {
            HttpResponse<Buffer> answer = client.get(node, "deleted");
            assertEquals(404, answer.statusCode());
            assertEquals(deleted.getHeader("ETag"), answer.getHeader("ETag"));
            assertEquals(404, KvClient.problem(answer).getInteger("status"));
        }
    }

    @Test
    void deletingWhatIsNotThereSucceeds() {
        assertEquals(204, client.delete(CLUSTER.node(1), "never there").statusCode());
    }

    @Test
    void aKeyThatWasNeverWrittenIsNotFoundAndHasNoVersion() {
        HttpResponse<Buffer> answer = client.get(CLUSTER.node(1), "never written");
        assertEquals(404, answer.statusCode());
        assertNull(answer.getHeader("ETag"));
    }

    @Test
    void theETagNamesTheVersionAndChangesWithIt() {
        String first = client.put(CLUSTER.node(1), "versioned", "a").getHeader("ETag");
        assertTrue(first.matches(ETAG), first);
        assertEquals(first, client.get(CLUSTER.node(2), "versioned").getHeader("ETag"));

        String second = client.put(CLUSTER.node(3), "versioned", "a").getHeader("ETag");
        assertNotEquals(first, second);
        assertEquals(second, client.get(CLUSTER.node(2), "versioned").getHeader("ETag"));
    }

    @Test
    void anEmptyValueIsAValue() {
        assertEquals(201, client.put(CLUSTER.node(1), "empty", "").statusCode());

        HttpResponse<Buffer> answer = client.get(CLUSTER.node(2), "empty");
        assertEquals(200, answer.statusCode());
        assertEquals("0", answer.getHeader("Content-Length"));
    }

    @Test
    void everyByteOfABinaryValueComesBack() {
        Buffer value = randomValue(100_000);
        client.put(CLUSTER.node(1), "binary", value);
        assertEquals(value, client.get(CLUSTER.node(2), "binary").body());
    }

    @Test
    void theLongestValueComesBackAndOneByteMoreIsRefused() {
        Buffer longest = randomValue(1 << 20);
        assertEquals(201, client.put(CLUSTER.node(1), "longest", longest).statusCode());
        assertEquals(longest, client.get(CLUSTER.node(3), "longest").body());

        HttpResponse<Buffer> refused = client.put(CLUSTER.node(1), "longest", randomValue((1 << 20) + 1));
        assertEquals(413, refused.statusCode());
        assertTrue(KvClient.problem(refused).getString("detail").contains("1048576"), () -> KvClient.describe(refused));
        assertEquals(longest, client.get(CLUSTER.node(3), "longest").body());
    }

    @Test
    void theContentTypeIsKept() {
        client.send(
                client.request(HttpMethod.PUT, CLUSTER.node(1).httpPort(), "/v1/kv/typed")
                        .putHeader("Content-Type", "text/plain; charset=utf-8"),
                Buffer.buffer("grüezi"));

        HttpResponse<Buffer> answer = client.get(CLUSTER.node(2), "typed");
        assertEquals("text/plain; charset=utf-8", answer.getHeader("Content-Type"));
        assertEquals("grüezi", answer.bodyAsString());
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        client.put(CLUSTER.node(1), "headed", "four");
        HttpResponse<Buffer> get = client.get(CLUSTER.node(2), "headed");
        HttpResponse<Buffer> head = head("headed");

        assertEquals(200, head.statusCode());
        assertEquals("4", head.getHeader("Content-Length"));
        assertEquals(get.getHeader("ETag"), head.getHeader("ETag"));
        assertEquals(get.getHeader("Content-Type"), head.getHeader("Content-Type"));
        assertNull(head.body());
        assertEquals(404, head("headless").statusCode());
    }

    @Test
    void everyAnswerCarriesItsEvidence() {
        String put = client.put(CLUSTER.node(1), "evidence", "a").getHeader("Quorate-Evidence");
        String get = client.get(CLUSTER.node(2), "evidence").getHeader("Quorate-Evidence");
        String miss = client.get(CLUSTER.node(3), "no evidence").getHeader("Quorate-Evidence");

        assertTrue(put.matches("coordinator=n1; n=3; quorum=2; acked=n\\d(,n\\d)+; rounds=2"), put);
        assertTrue(
                get.matches("coordinator=n2; n=3; quorum=2; acked=n\\d(,n\\d)+(; repaired=n\\d)?; rounds=[12]"), get);
        assertTrue(miss.startsWith("coordinator=n3; n=3; quorum=2; acked=n"), miss);
    }

    private HttpResponse<Buffer> head(String key) {
        return client.send(client.request(HttpMethod.HEAD, CLUSTER.node(2).httpPort(), KvClient.kv(key)));
    }

    private static Buffer randomValue(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }
}
