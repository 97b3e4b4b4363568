package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys go over a raw connection: a client library would encode or normalise the path before the server sees it. */
final class KeysIT {
    private static final int KEY_BYTES_MAX = 4096;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @ParameterizedTest(name = "{0} is the same key as {1}")
    @CsvSource({
        "a/b/c, a/b/c",
        "a%2Fb, a/b",
        "//, //",
        "../x, ../x",
        "x/./y, x/./y",
        "trailing/, trailing/",
        "%61bc, abc",
        "sp%20ace, sp%20ace",
        "plus+, plus%2B",
        "%C3%BC, %c3%bc",
        "%F0%9F%A6%80, %f0%9f%a6%80",
        "\u00c3\u00a9, %C3%A9",
        "%c3%a8, \u00c3\u00a8",
        "\u00ff\u0080raw, %FF%80raw",
        "%00%FF%80, %00%ff%80",
        "%25, %25",
        "semi;colon, semi%3Bcolon",
        "key/replicas, key/replicas"
    })
    void aKeyIsTheDecodedRestOfThePath(String written, String read) throws IOException {
        String value = "value of " + written;
        assertTrue(put(1, written, value).status() <= 201);

        Answer answer = get(2, read);
        assertEquals(200, answer.status(), answer.body());
        assertEquals(value, answer.body());
    }

    @ParameterizedTest(name = "{0} and {1} are two keys")
    @CsvSource({"one, one/", "two, /two", "d/x, d/./x", "Case, case", "p%20q, p+q", "%C3%BC, u%CC%88", "n%00, n"})
    void keysThatDifferInAnyByteAreDifferent(String first, String second) throws IOException {
        put(1, "distinct/" + first, "1");
        put(1, "distinct/" + second, "2");

        assertEquals("1", get(2, "distinct/" + first).body());
        assertEquals("2", get(2, "distinct/" + second).body());
    }

    /** The connection sends one byte for each character: these are the two bytes of an e with an accent in UTF-8. */
    @Test
    void rawUtf8InAQueryIsTheSameKeyAsItsEscapes() throws IOException {
        put(1, "query/%C3%A9", "value");
        try (RawConnection connection = new RawConnection(CLUSTER.node(2))) {
            connection.send("GET /v1/kv?prefix=query/\u00c3\u00a9 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Answer answer = connection.answer();
            assertEquals(1, new JsonObject(answer.body()).getJsonArray("items").size(), answer.body());
        }
    }

    @Test
    void theLongestKeyIsFineAndOneByteMoreIsRefused() throws IOException {
        String longest = "k".repeat(KEY_BYTES_MAX);
        assertTrue(put(1, longest, "long").status() <= 201);
        assertEquals("long", get(2, longest).body());

        Answer refused = put(1, longest + "k", "too long");
        assertEquals(414, refused.status(), refused.body());
        assertTrue(refused.body().contains("4096"), refused.body());
    }

    @Test
    void theLongestKeyMayBeEscapedThroughout() throws IOException {
        String longest = "%FF".repeat(KEY_BYTES_MAX);
        assertTrue(put(1, longest, "escaped").status() <= 201);
        assertEquals("escaped", get(2, longest).body());
    }

    @Test
    void anEmptyKeyIsRefused() throws IOException {
        assertEquals(400, put(1, "", "nothing").status());
    }

    @ParameterizedTest
    @CsvSource({"%", "%4", "%zz", "a%-1"})
    void anEscapeThatIsNoneIsRefused(String key) throws IOException {
        Answer refused = put(1, key, "nothing");
        assertEquals(400, refused.status());
        assertEquals("none", new JsonObject(refused.body()).getString("outcome"));
    }

    @Test
    void aKeyMayLookLikeAnotherResource() throws IOException {
        put(1, "v1/cluster", "a key");
        assertEquals("a key", get(2, "v1/cluster").body());
    }

    @Test
    void theReplicasOfAKeyWithSlashesCanBeSeen() {
        KvClient client = CLUSTER.client();
        client.put(CLUSTER.node(1), "deep/down/key", "a");
        assertEquals(
                "deep/down/key",
                client.replicas(CLUSTER.node(1), "deep/down/key").json().getString("key"));
    }

    private static Answer put(int node, String rawKey, String value) throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(node))) {
            connection.send("PUT /v1/kv/" + rawKey + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + value.length()
                    + "\r\n\r\n" + value);
            return connection.answer();
        }
    }

    private static Answer get(int node, String rawKey) throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(node))) {
            connection.send("GET /v1/kv/" + rawKey + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return connection.answer();
        }
    }
}
