package io.quorate.coordinator.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.common.loop.Asker;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.Intake;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.RequestIds;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event loop that reads no clients in time, so that each request is late, until its intake opens. */
class OverloadGateTest {
    private static final int LIMIT = 32;

    private final ClientLoad load = new ClientLoad();
    private final AtomicBoolean open = new AtomicBoolean();
    private final HttpClient client = HttpClient.newHttpClient();
    private Vertx vertx;
    private Context loop;
    private int port;

    private final class TestIntake implements Intake {
        @Override
        public boolean isOpen() {
            return open.get();
        }

        @Override
        public int limit() {
            return LIMIT;
        }
    }

    @BeforeEach
    void listen() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        vertx = Vertx.builder()
                .withTransport(new LoopTransport(port, load, SystemClock.INSTANCE))
                .build();
        Promise<HttpServer> listening = Promise.promise();
        loop = vertx.getOrCreateContext();
        loop.runOnContext(any -> {
            LoopTurns turns = LoopTurns.current().orElseThrow();
            turns.readClientsBy(new TestIntake());
            OverloadGate gate = new OverloadGate(turns, load, new RequestIds(1));
            vertx.createHttpServer()
                    .requestHandler(gate.before(request ->
                            request.body().onSuccess(body -> request.response().end("served " + body.length()))))
                    .listen(port)
                    .onComplete(listening);
        });
        listening.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .version(HttpClient.Version.HTTP_1_1);
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private static JsonNode problemOf(HttpResponse<String> answer) throws Exception {
        assertEquals(429, answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals(
                AnswerHeaders.CONTENT_SECURITY_POLICY,
                answer.headers().firstValue("Content-Security-Policy").orElseThrow());
        assertEquals(
                "same-origin",
                answer.headers().firstValue("Cross-Origin-Resource-Policy").orElseThrow());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        int retryS = Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow());
        assertTrue(retryS >= 1 && retryS <= 3, () -> "Retry-After: " + retryS);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aLateRequestForAKeyIsRefusedWithoutEffect() throws Exception {
        HttpResponse<String> answer =
                send(at("/v1/kv/a").PUT(BodyPublishers.ofString("value")).build());
        JsonNode problem = problemOf(answer);
        assertEquals("none", problem.get("outcome").textValue());
        assertEquals("safe", problem.get("retry").textValue());
        assertEquals(
                answer.headers().firstValue("Quorate-Request-Id").orElseThrow(),
                problem.get("requestId").textValue());
        assertEquals(1, load.refusedEver(ShedReason.LATE, RequestClass.WRITE));
    }

    @Test
    void itSaysThatEarlierAttemptsOfAKeyedRequestMayHaveHadAnEffect() throws Exception {
        JsonNode problem = problemOf(send(at("/v1/kv/a")
                .header("Idempotency-Key", "k")
                .PUT(BodyPublishers.ofString("value"))
                .build()));
        assertEquals("same-idempotency-key", problem.get("retry").textValue());
        assertTrue(problem.get("detail").textValue().contains("by this attempt"), () -> problem.toString());
    }

    @Test
    void theConnectionGoesOnAfterARefusal() throws Exception {
        for (int i = 0; i < 3; i++) {
            problemOf(send(at("/v1/kv/a").PUT(BodyPublishers.ofString("value")).build()));
        }
        assertEquals(3, load.refusedEver(ShedReason.LATE, RequestClass.WRITE));
    }

    @Test
    void scansAndBatchesAreRefusedToo() throws Exception {
        problemOf(send(at("/v1/kv?prefix=a").build()));
        problemOf(send(batch()));
        assertEquals(2, load.refusedEver(ShedReason.LATE, RequestClass.BULK));
    }

    /** The operations of a client in flight, as the coordinator counts them. */
    private void begin(RequestClass of, int operations) throws Exception {
        begin(InetAddress.getLoopbackAddress(), of, operations);
    }

    private void begin(InetAddress address, RequestClass of, int operations) throws Exception {
        Promise<Void> begun = Promise.promise();
        loop.runOnContext(any -> {
            Asker asker = LoopTurns.current().orElseThrow().asker(address, of);
            for (int i = 0; i < operations; i++) {
                asker.began();
            }
            begun.complete();
        });
        begun.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void afterALateReadABatchBeyondItsShareIsRefusedAtOnceAndAReadIsServed() throws Exception {
        problemOf(send(at("/v1/kv/a").build()));
        open.set(true);
        assertEquals("served 2", send(batch()).body());
        begin(RequestClass.BULK, LIMIT / 4);
        problemOf(send(batch()));
        assertEquals(1, load.refusedEver(ShedReason.CLASS, RequestClass.BULK));
        assertEquals("served 0", send(at("/v1/kv/a").build()).body());
    }

    @Test
    void anAddressWithNothingInFlightMayBeginWhatAGreedyOneMayNot() throws Exception {
        InetAddress greedy = InetAddress.getByName("127.0.0.2");
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port, greedy, 0)) {
            connection.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertTrue(connection.getInputStream().read() > 0, "the event loop knows its address");
            problemOf(send(at("/v1/kv/a").build()));
            open.set(true);
            begin(greedy, RequestClass.BULK, LIMIT / 4);
            assertEquals("served 2", send(batch()).body());
            begin(greedy, RequestClass.BULK, LIMIT / 4);
            problemOf(send(batch()));
        }
    }

    /** Its page of another origin passes, so it tells nothing about how late requests are. */
    @Test
    void aLateRequestThatIsNotRefusedMakesNoOtherGiveWay() throws Exception {
        assertTrue(send(at("/v1/kv/a").header("Origin", "http://other").build())
                .body()
                .startsWith("served"));
        open.set(true);
        begin(RequestClass.BULK, LIMIT / 4);
        assertTrue(send(batch()).body().startsWith("served"));
    }

    private HttpRequest batch() {
        return at("/v1/batch").POST(BodyPublishers.ofString("{}")).build();
    }

    @Test
    void healthAndLongBodiesPass() throws Exception {
        assertEquals("served 0", send(at("/health/live").build()).body());
        assertEquals("served 0", send(at("/metrics").build()).body());
        byte[] value = new byte[65_537];
        HttpResponse<String> answer =
                send(at("/v1/kv/a").PUT(BodyPublishers.ofByteArray(value)).build());
        assertEquals("served 65537", answer.body());
    }
}
