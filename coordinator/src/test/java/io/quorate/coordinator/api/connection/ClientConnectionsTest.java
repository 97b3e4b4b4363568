package io.quorate.coordinator.api.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.http.ServerOptions;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real connections to one event loop. The test lets the time pass. */
class ClientConnectionsTest {
    private static final int MAX = 4;

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicLong nowNs = new AtomicLong();
    private final LongAdder ended = new LongAdder();
    private final ConnectionCounts counts = new ConnectionCounts(MAX, MAX);
    private final CompletableFuture<ClientConnections> connections = new CompletableFuture<>();
    private volatile Handler<HttpServerRequest> answer =
            request -> request.endHandler(end -> request.response().end("ok"));
    private final int port = listen();

    private int listen() {
        CompletableFuture<HttpServer> listening = new CompletableFuture<>();
        loop.runOnContext(started -> {
            connections.complete(
                    new ClientConnections(vertx, counts, ended, MemoryBudget.unlimited(), new ManualClock()));
            vertx.createHttpServer(ServerOptions.create())
                    .connectionHandler(connections.join()::opened)
                    .requestHandler(connections.join().before(request -> answer.handle(request)))
                    .listen(0, "127.0.0.1")
                    .onComplete(listening::complete, listening::completeExceptionally);
        });
        return listening.join().actualPort();
    }

    private final class ManualClock implements Clock {
        @Override
        public long wallMs() {
            throw new AssertionError("progress is measured by the monotonic clock");
        }

        @Override
        public long monotonicNs() {
            return nowNs.get();
        }
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aConnectionWithARequestNowAndThenIsNotIdle() throws IOException {
        try (Socket client = connect()) {
            for (int i = 0; i < 50; i++) {
                send(client, "GET /x HTTP/1.1\r\nHost: q\r\n\r\n");
                assertTrue(readUntil(client, "ok").contains("200 OK"));
                pass(5_000);
            }
            assertEquals(0, ended.sum());
            pass(ConnectionProgress.IDLE_MS);
            assertEquals(-1, client.getInputStream().read());
            assertEquals(1, ended.sum());
        }
    }

    @Test
    void uploadsOfTheSameSizeOneAfterTheOtherAreNotOneThatStalls() throws IOException {
        try (Socket client = connect()) {
            for (int i = 0; i < 50; i++) {
                send(client, "PUT /x HTTP/1.1\r\nHost: q\r\nContent-Length: 9\r\n\r\n12345678");
                pass(1_000);
                send(client, "9");
                assertTrue(readUntil(client, "ok").contains("200 OK"));
            }
        }
        assertEquals(0, ended.sum());
    }

    /** The answer is written at once, and is on its way for long after that. */
    @Test
    void aLongDownloadIsNotIdle() throws IOException {
        int bytes = 32 << 20;
        CompletableFuture<Void> asked = new CompletableFuture<>();
        answer = request -> {
            request.response().end(Buffer.buffer(new byte[bytes]));
            asked.complete(null);
        };
        try (Socket client = connect()) {
            send(client, "GET /x HTTP/1.1\r\nHost: q\r\n\r\n");
            asked.join();
            for (int i = 0; i < 8; i++) {
                pass(50_000);
                assertEquals(2 << 20, client.getInputStream().readNBytes(2 << 20).length);
            }
            assertEquals(0, ended.sum());
            // The system takes some more into its buffers, and that counts as progress.
            await().until(() -> {
                pass(ConnectionProgress.UNREAD_MS);
                return ended.sum() == 1;
            });
            await().until(() -> counts.open() == 0);
        }
    }

    /** 408 says that nothing was applied. That would be wrong of a delete, which waits for no body. */
    @Test
    void aSlowBodyThatNothingWaitsForEndsByItsAnswer() throws IOException {
        CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
        answer = asked::complete;
        try (Socket client = connect()) {
            send(client, "DELETE /x HTTP/1.1\r\nHost: q\r\nContent-Length: 9\r\n\r\n1");
            asked.join();
            pass(1_000);
            pass(2 * ConnectionProgress.BODY_WINDOW_MS);
            loop.runOnContext(done -> asked.join().response().end("ok"));
            assertTrue(readUntil(client, "ok").contains("200 OK"));
            pass(1_000);
            pass(2 * ConnectionProgress.BODY_WINDOW_MS);
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void aSlowUploadIsAnsweredBeforeItsConnectionCloses() throws IOException {
        try (Socket client = connect()) {
            send(client, "PUT /x HTTP/1.1\r\nHost: q\r\nContent-Length: 9\r\n\r\n1");
            await().until(() -> counts.open() == 1);
            pass(1_000);
            pass(ConnectionProgress.BODY_WINDOW_MS);
            pass(1_000);
            pass(ConnectionProgress.BODY_WINDOW_MS);
            String all = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(all.startsWith("HTTP/1.1 408 "), all);
        }
    }

    @Test
    void everyEndFreesThePlaceOfItsConnection() throws IOException {
        for (int round = 0; round < 5; round++) {
            Socket[] clients = new Socket[MAX];
            for (int i = 0; i < MAX; i++) {
                clients[i] = connect();
                send(clients[i], i % 2 == 0 ? "GET /x HT" : "PUT /x HTTP/1.1\r\nHost: q\r\nContent-Length: 9\r\n\r\n1");
            }
            await().until(() -> counts.open() == MAX);
            try (Socket further = connect()) {
                assertEquals(-1, further.getInputStream().read());
            }
            for (int i = 0; i < MAX; i++) {
                clients[i].setSoLinger(i < 2, 0);
                clients[i].close();
            }
            await().until(() -> counts.open() == 0);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String readUntil(Socket client, String end) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int next = in.read();
            assertTrue(next >= 0, text::toString);
            text.append((char) next);
        }
        return text.toString();
    }

    /** Lets the time pass, and looks at all connections then. */
    private void pass(long ms) {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        loop.runOnContext(any -> {
            nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
            connections.join().look();
            looked.complete(null);
        });
        looked.join();
    }
}
