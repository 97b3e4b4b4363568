package io.quorate.coordinator.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.common.loop.Asker;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.common.loop.SocketTransport;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.RequestBody;
import io.quorate.coordinator.api.http.Uploads;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.coordinator.api.origin.Origins;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event loop that reads no clients in time, so that each request is late, until its intake opens. */
class OverloadGateTest {
    private static final int LIMIT = 32;
    private static final int CLIENTS_OF_A_KIND = 40;
    private static final int BODY_BYTES_MAX = 8 << 20;
    private static final String CHUNKED = "PUT /v1/kv/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ALLOWED = "http://allowed";
    private static final Callers CALLERS =
            new Callers(new HostNames(List.of()), new Origins(List.of(), "http", List.of(ALLOWED)));

    private final AtomicBoolean open = new AtomicBoolean();
    private final Uploads uploads = new Uploads(MemoryBudget.unlimited(), SystemClock.INSTANCE);
    private final HttpClient client = HttpClient.newHttpClient();
    /** The operations in flight that are not answered. Their number never falls. */
    private final List<HttpServerResponse> begun = new CopyOnWriteArrayList<>();

    private volatile TestOperation operation = (response, bodyBytes) -> response.end("served " + bodyBytes);
    private GatedServer server;

    private interface TestOperation {
        void handle(HttpServerResponse response, int bodyBytes);
    }

    @BeforeEach
    void listen() throws Exception {
        server = new GatedServer(
                SocketTransport.best(), LIMIT, () -> open.get() && begun.size() < LIMIT, CALLERS, this::read);
    }

    private void read(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            operation.handle(request.response(), 0);
        } else {
            RequestBody.read(
                    request,
                    BODY_BYTES_MAX,
                    "too long",
                    uploads,
                    body -> operation.handle(request.response(), body.length));
        }
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
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
        assertEquals(1, server.load.refusedEver(ShedReason.LATE, RequestClass.WRITE));
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
        assertEquals(3, server.load.refusedEver(ShedReason.LATE, RequestClass.WRITE));
    }

    @Test
    void scansAndBatchesAreRefusedToo() throws Exception {
        problemOf(send(at("/v1/kv?prefix=a").build()));
        problemOf(send(batch()));
        assertEquals(2, server.load.refusedEver(ShedReason.LATE, RequestClass.BULK));
    }

    /** The operations of a client in flight, as the coordinator counts them. */
    private void begin(RequestClass of, int operations) throws Exception {
        begin(InetAddress.getLoopbackAddress(), of, operations);
    }

    private void begin(InetAddress address, RequestClass of, int operations) throws Exception {
        Promise<Void> begun = Promise.promise();
        server.loop.runOnContext(any -> {
            Asker asker = LoopTurns.current().orElseThrow().asker(address, of);
            for (int i = 0; i < operations; i++) {
                asker.began(1);
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
        assertEquals(1, server.load.refusedEver(ShedReason.CLASS, RequestClass.BULK));
        assertEquals("served 0", send(at("/v1/kv/a").build()).body());
    }

    @Test
    void anAddressWithLittleInFlightMayBeginWhatAGreedyOneMayNot() throws Exception {
        InetAddress greedy = InetAddress.getByName("127.0.0.2");
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), server.port, greedy, 0)) {
            connection.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertTrue(connection.getInputStream().read() > 0, "the event loop knows its address");
            problemOf(send(at("/v1/kv/a").build()));
            open.set(true);
            begin(greedy, RequestClass.BULK, LIMIT / 4);
            assertEquals("served 2", send(batch()).body());
            begin(RequestClass.BULK, 1);
            assertEquals("served 2", send(batch()).body());
            begin(greedy, RequestClass.BULK, LIMIT / 4);
            problemOf(send(batch()));
        }
    }

    @Test
    void thePageOfAnAllowedOriginMayReadItsRefusalAndNoOtherPage() throws Exception {
        HttpResponse<String> answer =
                send(at("/v1/kv/a").header("Origin", ALLOWED).build());
        problemOf(answer);
        assertEquals(Optional.of(ALLOWED), answer.headers().firstValue("Access-Control-Allow-Origin"));
        HttpResponse<String> foreign =
                send(at("/v1/kv/a").header("Origin", "http://other").build());
        problemOf(foreign);
        assertEquals(Optional.empty(), foreign.headers().firstValue("Access-Control-Allow-Origin"));
    }

    @Test
    void thePreflightOfABrowserPasses() throws Exception {
        HttpRequest preflight = at("/v1/kv/a")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", ALLOWED)
                .build();
        assertEquals("served 0", send(preflight).body());
    }

    private HttpRequest batch() {
        return at("/v1/batch").POST(BodyPublishers.ofString("{}")).build();
    }

    @Test
    void healthAndMetricsPass() throws Exception {
        assertEquals("served 0", send(at("/health/live").build()).body());
        assertEquals("served 0", send(at("/metrics").build()).body());
    }

    /** Its connection ends behind the body. A client that reads only then would find a reset if it ended before. */
    @Test
    void aClientThatWritesALongBodyBeforeItReadsSeesItsRefusal() throws Exception {
        try (Socket connection = connect()) {
            OutputStream out = connection.getOutputStream();
            out.write("PUT /v1/kv/a HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n".getBytes(UTF_8));
            out.write(new byte[500_000]);
            assertEquals("429", statusOf(readAll(connection)));
        }
        try (Socket connection = connect()) {
            OutputStream out = connection.getOutputStream();
            out.write((CHUNKED + "186a0\r\n" + "v".repeat(100_000) + "\r\n0\r\n\r\n").getBytes(UTF_8));
            assertEquals("429", statusOf(readAll(connection)));
        }
        assertEquals(2, server.load.refusedEver(ShedReason.LATE, RequestClass.WRITE));
    }

    @Test
    void theConnectionGoesOnBehindAShortBodyOfUnknownLength() throws Exception {
        try (Socket connection = connect()) {
            OutputStream out = connection.getOutputStream();
            BufferedReader answers = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            for (String body : List.of("5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n")) {
                out.write((CHUNKED + body).getBytes(UTF_8));
                assertGoesOn(answers);
            }
            open.set(true);
            out.write("GET /v1/kv/a HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            assertEquals("HTTP/1.1 200 OK", answers.readLine());
        }
    }

    private static void assertGoesOn(BufferedReader answers) throws Exception {
        assertEquals("HTTP/1.1 429 Too Many Requests", answers.readLine());
        int bodyBytes = 0;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            assertFalse(line.toLowerCase(Locale.ROOT).startsWith("connection"), line);
            bodyBytes = line.toLowerCase(Locale.ROOT).startsWith("content-length: ")
                    ? Integer.parseInt(line.substring("content-length: ".length()))
                    : bodyBytes;
        }
        answers.skip(bodyBytes);
    }

    @Test
    void aBodyWithoutAnEndIsRefusedAllTheSame() throws Exception {
        try (Socket connection = connect()) {
            connection.getOutputStream().write((CHUNKED + "5\r\nhello\r\n").getBytes(UTF_8));
            BufferedReader answer = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            assertEquals("HTTP/1.1 429 Too Many Requests", answer.readLine());
            assertTrue(answer.lines().takeWhile(line -> !line.isEmpty()).anyMatch("connection: close"::equals));
        }
    }

    /** It may wait with its body for the answer to its head, and leave it out then. */
    @Test
    void theConnectionOfAClientThatAsksBeforeItSendsItsBodyEnds() throws Exception {
        for (String length : List.of("Content-Length: 5", "Transfer-Encoding: chunked")) {
            try (Socket connection = connect()) {
                connection
                        .getOutputStream()
                        .write(("PUT /v1/kv/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" + length + "\r\n\r\n")
                                .getBytes(UTF_8));
                BufferedReader answer = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
                assertEquals("HTTP/1.1 429 Too Many Requests", answer.readLine());
                assertTrue(answer.lines().takeWhile(line -> !line.isEmpty()).anyMatch("connection: close"::equals));
            }
        }
    }

    @Test
    void anUploadWhoseLastBytesAreLateIsRefusedWithoutEffect() throws Exception {
        open.set(true);
        operation = (response, bodyBytes) -> begun.add(response);
        try (Socket connection = connect()) {
            OutputStream out = connection.getOutputStream();
            out.write("PUT /v1/kv/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
                    .getBytes(UTF_8));
            assertEquals('H', connection.getInputStream().read(), "it asks for the body");
            open.set(false);
            out.write('x');
            await().until(() -> server.load.refusedEver(ShedReason.LATE, RequestClass.WRITE) == 1);
            assertEquals(List.of(), begun);
        }
    }

    @Test
    void noMoreBeginThanTheLimitWhateverTheyAre() throws Exception {
        open.set(true);
        operation = (response, bodyBytes) -> begun.add(response);
        List<Socket> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS_OF_A_KIND; i++) {
                connections.add(sending(
                        "PUT /v1/kv/a HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "v".repeat(100_000)));
                connections.add(sending("GET /v1/kv/a HTTP/1.1\r\nHost: a\r\nOrigin: x\r\n\r\n"));
                connections.add(sending("POST /v1/batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\n{}\r\n0\r\n\r\n"));
            }
            await().until(() -> refused() == connections.size() - LIMIT);
            assertEquals(LIMIT, begun.size());
        } finally {
            for (Socket each : connections) {
                each.close();
            }
        }
    }

    private long refused() {
        long sum = 0;
        for (RequestClass each : RequestClass.values()) {
            sum += server.load.refusedEver(ShedReason.LATE, each) + server.load.refusedEver(ShedReason.CLASS, each);
        }
        return sum;
    }

    private Socket connect() throws Exception {
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), server.port);
        connection.setSoTimeout(20_000);
        return connection;
    }

    private Socket sending(String request) throws Exception {
        Socket connection = connect();
        connection.getOutputStream().write(request.getBytes(UTF_8));
        return connection;
    }

    private static String readAll(Socket connection) throws Exception {
        return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }

    private static String statusOf(String answer) {
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
    }
}
