package io.quorate.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopTransport;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.RequestIds;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event loop that reads no clients in time: each request is late. */
class OverloadGateTest {
    private final ClientLoad load = new ClientLoad();
    private final HttpClient client = HttpClient.newHttpClient();
    private Vertx vertx;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        vertx = Vertx.builder()
                .withTransport(new LoopTransport(port, load, SystemClock.INSTANCE))
                .build();
        Promise<HttpServer> listening = Promise.promise();
        vertx.getOrCreateContext().runOnContext(any -> {
            LoopTurns turns = LoopTurns.current().orElseThrow();
            turns.readClientsWhile(() -> false);
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
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
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
        assertEquals(1, load.refusedEver());
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
        assertEquals(3, load.refusedEver());
    }

    @Test
    void scansAndBatchesAreRefusedToo() throws Exception {
        problemOf(send(at("/v1/kv?prefix=a").build()));
        problemOf(send(at("/v1/batch").POST(BodyPublishers.ofString("{}")).build()));
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
