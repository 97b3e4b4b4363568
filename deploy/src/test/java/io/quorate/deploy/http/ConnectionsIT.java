package io.quorate.deploy.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ConnectionsIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (RawConnection connection = connect()) {
            for (int i = 0; i < 100; i++) {
                connection.send(put("kept/" + i, "v" + i));
                assertEquals(201, connection.answer().status());
                connection.send(get("kept/" + i));
                assertEquals("v" + i, connection.answer().body());
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append(put("piped/" + i, "v" + i)).append(get("missing/" + i));
        }
        try (RawConnection connection = connect()) {
            connection.send(requests.toString());
            for (int i = 0; i < 50; i++) {
                assertEquals(201, connection.answer().status(), "put " + i);
                assertEquals(404, connection.answer().status(), "get " + i);
            }
        }
        assertEquals("v49", client.get(CLUSTER.node(2), "piped/49").bodyAsString());
    }

    @Test
    void pipelinedReadsGetTheirOwnValues() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            client.put(CLUSTER.node(1), "own/" + i, "v" + i);
            requests.append(get("own/" + i));
        }
        try (RawConnection connection = connect()) {
            connection.send(requests.toString());
            for (int i = 0; i < 50; i++) {
                assertEquals("v" + i, connection.answer().body());
            }
        }
    }

    @Test
    void aRequestMayArriveByteByByte() throws IOException {
        try (RawConnection connection = connect()) {
            for (char c : put("slowly", "value").toCharArray()) {
                connection.send(String.valueOf(c));
            }
            assertEquals(201, connection.answer().status());
        }
        assertEquals("value", client.get(CLUSTER.node(2), "slowly").bodyAsString());
    }

    @Test
    void aChunkedBodyIsAValueLikeAnyOther() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("PUT /v1/kv/chunked HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
            assertEquals(201, connection.answer().status());
        }
        assertEquals("abcdefg", client.get(CLUSTER.node(2), "chunked").bodyAsString());
    }

    @Test
    void whoAsksWhetherToGoOnIsToldTo() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(
                    "PUT /v1/kv/expected HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertEquals(100, connection.answer().status());
            connection.send("ok");
            assertEquals(201, connection.answer().status());
        }
    }

    @Test
    void aBodyCutShortChangesNothing() throws IOException {
        client.put(CLUSTER.node(1), "cut", "before");
        try (RawConnection connection = connect()) {
            connection.send(
                    "PUT /v1/kv/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly the beginning");
            connection.cut();
            assertTrue(connection.isClosedByServer());
        }
        assertNothingChanged("cut");
    }

    @Test
    void aChunkedBodyCutShortChangesNothing() throws IOException {
        client.put(CLUSTER.node(1), "cut chunks", "before");
        try (RawConnection connection = connect()) {
            connection.send("PUT /v1/kv/cut%20chunks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n");
            connection.cut();
            assertTrue(connection.isClosedByServer());
        }
        assertNothingChanged("cut chunks");
    }

    @Test
    void uploadsThatWereCutShortLeaveRoomForOthers() throws IOException {
        String most = "x".repeat(900_000);
        for (int i = 0; i < 80; i++) {
            try (RawConnection connection = connect()) {
                connection.send(
                        "PUT /v1/kv/large HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" + most);
                connection.cut();
                assertTrue(connection.isClosedByServer(), "upload " + i);
            }
        }
        assertEquals(201, client.put(CLUSTER.node(1), "large", most).statusCode());
    }

    @Test
    void aConnectionResetInTheBodyChangesNothing() throws IOException {
        client.put(CLUSTER.node(1), "reset", "before");
        RawConnection connection = connect();
        connection.send(
                "PUT /v1/kv/reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly the beginning");
        connection.reset();
        assertNothingChanged("reset");
    }

    @Test
    void aTooLongBodyIsRefusedByItsAnnouncedLengthAlone() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("PUT /v1/kv/announced HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
            assertEquals(413, connection.answer().status());
        }
    }

    @Test
    void aTooLongChunkedBodyIsRefused() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawConnection connection = connect()) {
            connection.send("PUT /v1/kv/endless HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                connection.send(chunk);
            }
            assertEquals(413, connection.answer().status());
        }
        assertEquals(404, client.get(CLUSTER.node(1), "endless").statusCode());
    }

    @Test
    void aClientThatHangsUpDoesNotDisturbTheOthers() throws IOException {
        for (int i = 0; i < 50; i++) {
            RawConnection connection = connect();
            connection.send(put("hung-up", "v" + i));
            connection.reset();
        }
        assertEquals(201, client.put(CLUSTER.node(1), "after them", "a").statusCode());
    }

    @Test
    void garbageIsRefusedAndOnlyItsOwnConnectionSuffers() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("this is no request\r\n\r\n");
            Answer answer = connection.answer();
            assertTrue(answer.status() >= 400 && answer.status() < 500, "status " + answer.status());
        }
        assertEquals(200, client.status(CLUSTER.node(1).httpPort(), "/health/live"));
    }

    @Test
    void connectionCloseIsHonoured() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertEquals(200, connection.answer().status());
            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void headOverAConnectionThatGoesOnHasNoBody() throws IOException {
        client.put(CLUSTER.node(1), "head", "value");
        try (RawConnection connection = connect()) {
            connection.send("HEAD /v1/kv/head HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("head"));
            assertEquals("5", connection.answerToHead().headers().get("content-length"));
            assertEquals("value", connection.answer().body());
            connection.send("HEAD /v1/kv/nobody HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("head"));
            assertEquals(404, connection.answerToHead().status());
            assertEquals("value", connection.answer().body());
        }
    }

    /** The server may notice the end of the connection after this test does, so it gets time to do wrong. */
    private void assertNothingChanged(String key) {
        await().during(Duration.ofMillis(200))
                .until(() -> "before".equals(client.get(CLUSTER.node(2), key).bodyAsString()));
    }

    private static RawConnection connect() throws IOException {
        return new RawConnection(CLUSTER.node(1));
    }

    private static String put(String key, String value) {
        return "PUT /v1/kv/" + key + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + value.length() + "\r\n\r\n"
                + value;
    }

    private static String get(String key) {
        return "GET /v1/kv/" + key + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
}
