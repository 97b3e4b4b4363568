package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies over real connections. The receiver does what a write would do. */
@Timeout(60)
class RequestBodyTest {
    private static final int LIMIT_BYTES = 4 << 20;
    private static final int BYTES_MAX = 2 << 20;
    private static final String HEAD = "PUT /v1/kv/k HTTP/1.1\r\nHost: q\r\nContent-Length: 10\r\n\r\n";

    private static final String CHUNKED_HEAD = "PUT /v1/kv/k HTTP/1.1\r\nHost: q\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final HastyClock clock = new HastyClock();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final MemoryBudget memory = new MemoryBudget(LIMIT_BYTES);
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpServerRequest> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final int port = listen();

    /** It may go forward by a step whenever it is read. So a test need not wait. */
    private static final class HastyClock implements Clock {
        private final AtomicLong steppedNs = new AtomicLong();
        private volatile long stepNs;

        @Override
        public long wallMs() {
            return SystemClock.INSTANCE.wallMs();
        }

        @Override
        public long monotonicNs() {
            return SystemClock.INSTANCE.monotonicNs() + steppedNs.addAndGet(stepNs);
        }
    }

    private int listen() {
        CompletableFuture<HttpServer> listening = new CompletableFuture<>();
        loop.runOnContext(started -> {
            Uploads uploads = new Uploads(memory, clock);
            vertx.createHttpServer(ServerOptions.create())
                    .requestHandler(request -> read(request, uploads))
                    .listen(0, "127.0.0.1")
                    .onComplete(listening::complete, listening::completeExceptionally);
        });
        return listening.join().actualPort();
    }

    private void read(HttpServerRequest request, Uploads uploads) {
        RequestBody.read(request, BYTES_MAX, "it is too long", uploads, body -> {
            written.add(new String(body, ISO_8859_1));
            request.response().end("ok");
        });
        request.end().onComplete(any -> ended.complete(null));
        begun.complete(request);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aBodyInPiecesIsWrittenAsItWasSent() throws Exception {
        try (Socket client = connect()) {
            send(client, HEAD + "12345");
            begun.join();
            send(client, "67890");
            ended.get(20, TimeUnit.SECONDS);
            assertEquals(List.of("1234567890"), written);
        }
    }

    /** As by 408: the connection stays open until the answer is sent, and the rest of the body may come meanwhile. */
    @Test
    void nothingIsWrittenOfABodyWhoseRequestWasAnsweredBeforeItsEnd() throws Exception {
        try (Socket client = connect()) {
            send(client, HEAD + "12345");
            answerTooSlow();
            send(client, "67890");
            ended.get(20, TimeUnit.SECONDS);
            assertEquals(List.of(), written);
        }
    }

    @Test
    void nothingIsWrittenOfABodyWhoseRequestWasAnsweredWhileItWaitedForMemory() throws Exception {
        memory.add(MemoryUse.INBOX, LIMIT_BYTES);
        try (Socket client = connect()) {
            send(client, HEAD + "12345");
            answerTooSlow();
            memory.giveBack(MemoryUse.INBOX, LIMIT_BYTES);
            send(client, "67890");
            ended.get(20, TimeUnit.SECONDS);
            assertEquals(List.of(), written);
            assertEquals(0, memory.inUseBytes());
        }
    }

    @Test
    void theConnectionGoesOnBehindAShortBodyThatWasRefusedForMemory() throws Exception {
        clock.stepNs = TimeUnit.MILLISECONDS.toNanos(Uploads.WAIT_MS);
        memory.add(MemoryUse.INBOX, LIMIT_BYTES);
        try (Socket client = connect()) {
            for (String request : List.of(HEAD + "1234567890", CHUNKED_HEAD + "5\r\n12345\r\n0\r\n\r\n")) {
                send(client, request);
                assertRefusedAndGoesOn(client);
            }
            memory.giveBack(MemoryUse.INBOX, LIMIT_BYTES);
            send(client, HEAD + "1234567890");
            assertTrue(head(client).startsWith("HTTP/1.1 200 "));
            assertEquals(List.of("1234567890"), written);
            assertEquals(0, memory.inUseBytes());
        }
    }

    private static void assertRefusedAndGoesOn(Socket client) throws Exception {
        String head = head(client);
        assertTrue(head.startsWith("HTTP/1.1 429 "), head);
        assertFalse(head.contains("connection: close"), head);
        client.getInputStream().readNBytes(Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1")));
    }

    /** The memory is free, so to come back later would not help. */
    @Test
    void aBodyThatTheMemoryCanNeverHoldIsRefusedByItsLengthAndTheAnswerSaysWhatWouldBeEnough() throws Exception {
        try (Socket client = connect()) {
            send(client, "PUT /v1/kv/k HTTP/1.1\r\nHost: q\r\nContent-Length: 1500000\r\n\r\n");
            send(client, "v".repeat(1_500_000));
            String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("requestMemoryMib of this node, which is 4; 6 would be enough"), answer);
            assertFalse(answer.contains("Retry-After"), answer);
        }
    }

    @Test
    void aBodyOfUnknownLengthMayHaveAllThatTheMemoryCanHold() throws Exception {
        int bytes = (int) new BodyMemory(memory).longestBytes();
        try (Socket client = connect()) {
            send(client, CHUNKED_HEAD);
            send(client, Integer.toHexString(bytes) + "\r\n" + "v".repeat(bytes) + "\r\n0\r\n\r\n");
            ended.get(20, TimeUnit.SECONDS);
            assertEquals(bytes, written.get(0).length());
        }
    }

    private void answerTooSlow() {
        HttpServerRequest request = begun.join();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        loop.runOnContext(any -> {
            Problem.refuse(request.response(), 408, "the body came too slowly. Nothing was applied");
            answered.complete(null);
        });
        answered.join();
    }

    private static String head(Socket client) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.getInputStream().read());
        }
        return head.toString();
    }

    private Socket connect() throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void send(Socket client, String text) throws Exception {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }
}
