package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.cluster.RawConnection.Answer;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node speaks HTTP/1.1. It ignores an offer of another protocol, and the request has its usual effect. */
final class ProtocolsIT {
    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private static final int VALUE_BYTES = 64 << 10;
    private static final int PARALLEL = 200;
    private static final int ATTEMPTS = 100;
    private static final String TO_HTTP2 =
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
    private static final String TO_WEBSOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final KvClient client = CLUSTER.client();

    @Test
    void anOfferOfHttp2IsIgnoredAndTheWholeChunkedBodyIsStored() throws IOException {
        assertStoredWhole("offered http2", TO_HTTP2);
    }

    @Test
    void anOfferOfAWebSocketIsIgnoredAndTheWholeChunkedBodyIsStored() throws IOException {
        assertStoredWhole("offered websocket", TO_WEBSOCKET);
    }

    private void assertStoredWhole(String key, String offer) throws IOException {
        String first = "a".repeat(0x8000);
        String second = "b".repeat(0x8000);
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("PUT " + KvClient.kv(key) + " HTTP/1.1\r\nHost: localhost\r\n" + offer
                    + "Transfer-Encoding: chunked\r\n\r\n8000\r\n" + first + "\r\n");
            connection.send("8000\r\n" + second + "\r\n0\r\n\r\n");
            assertEquals(201, connection.answer().status());
            connection.send("GET " + KvClient.kv(key) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(first + second, connection.answer().body());
        }
    }

    @Test
    void anOfferOfHttp2OnAGetIsIgnored() throws IOException {
        client.put(CLUSTER.node(1), "read", "value");
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("GET /v1/kv/read HTTP/1.1\r\nHost: localhost\r\n" + TO_HTTP2 + "\r\n");
            Answer answer = connection.answer();
            assertEquals(200, answer.status());
            assertFalse(answer.headers().containsKey("upgrade"), () -> answer.headers()
                    .toString());
            assertEquals("value", answer.body());
        }
    }

    /** RFC 9113, section 3.4: a client that knows of HTTP/2 in advance begins with this. */
    @Test
    void thePrefaceOfHttp2IsRefusedAndTheConnectionEnds() throws IOException {
        try (RawConnection connection = new RawConnection(CLUSTER.node(1))) {
            connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
            String answer = connection.untilItsEnd();
            assertTrue(answer.startsWith("HTTP/2.0 501 Not Implemented\r\n"), answer);
        }
    }

    /** Java's client offers HTTP/2 with each first request on a connection unless its user forbids it. */
    @Test
    void javasClientInItsDefaultSettingReadsManyValuesAtOnce() throws IOException, InterruptedException {
        byte[] value = new byte[VALUE_BYTES];
        new Random(1).nextBytes(value);
        HttpClient java = HttpClient.newHttpClient();
        URI uri = uri(CLUSTER.node(1), "java");
        HttpRequest put = HttpRequest.newBuilder(uri)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(value)))
                .build();
        assertEquals(201, java.send(put, BodyHandlers.discarding()).statusCode());
        List<CompletableFuture<HttpResponse<byte[]>>> reads = IntStream.range(0, PARALLEL)
                .mapToObj(i -> java.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()))
                .toList();
        for (CompletableFuture<HttpResponse<byte[]>> read : reads) {
            HttpResponse<byte[]> answer = read.join();
            for (int attempt = 0; answer.statusCode() == 429 && attempt < ATTEMPTS; attempt++) {
                answer = java.send(answer.request(), BodyHandlers.ofByteArray()); // a busy node refused it
            }
            assertEquals(200, answer.statusCode());
            assertEquals(Buffer.buffer(value), Buffer.buffer(answer.body()));
        }
    }

    private static URI uri(LocalNode node, String key) {
        return URI.create("http://" + node.host() + ":" + node.httpPort() + KvClient.kv(key));
    }
}
