package io.quorate.coordinator.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.loop.Asker;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.common.loop.SocketTransport;
import io.quorate.common.memory.MemoryUse;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.coordinator.api.origin.Origins;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that send many requests before they read an answer. Each operation takes a moment. */
@Timeout(60)
@ParameterizedClass
@MethodSource("transports")
class PipelinedRequestsTest {
    private static final int LIMIT = 8;
    private static final int OPERATION_MS = 2;
    private static final int CONNECTIONS = 40;
    private static final int REQUESTS_OF_EACH = 200;
    private static final int POLITE_REQUESTS = 20;
    /** As many of the shortest requests as one read has. */
    private static final int READ_REQUESTS_MAX = (17 << 10) / "GET /v1/kv/0 HTTP/1.1\r\nHost: a\r\n\r\n".length();

    private static final int CHARGED_BYTES = 512;

    private final SocketTransport transport;
    private final List<Socket> sockets = new ArrayList<>();
    private volatile int inFlight;
    private volatile int operationMs = OPERATION_MS;
    private GatedServer server;

    PipelinedRequestsTest(SocketTransport transport) {
        this.transport = transport;
    }

    /** Those that this machine has. */
    static Set<SocketTransport> transports() {
        return EnumSet.of(SocketTransport.SELECTOR, SocketTransport.best());
    }

    @BeforeEach
    void listen() throws Exception {
        Callers callers = new Callers(new HostNames(List.of()), new Origins(List.of()));
        server = new GatedServer(transport, LIMIT, () -> inFlight < LIMIT, callers, this::operate);
    }

    @AfterEach
    void close() throws Exception {
        for (Socket each : sockets) {
            each.close();
        }
        server.close();
    }

    private void operate(HttpServerRequest request) {
        InetAddress client = address(request.remoteAddress().hostAddress());
        Asker asker = LoopTurns.current().orElseThrow().asker(client, RequestClass.READ);
        asker.began(1);
        inFlight++;
        if (operationMs == 0) {
            end(request, asker);
        } else {
            server.loop.owner().setTimer(operationMs, done -> end(request, asker));
        }
    }

    private void end(HttpServerRequest request, Asker asker) {
        inFlight--;
        asker.ended(1);
        request.response().putHeader("Path", request.path()).end();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theyDelayNoPoliteClientOfAnotherAddress() throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            send(connect("127.0.0.2"), REQUESTS_OF_EACH);
        }
        await().until(() -> inFlight == LIMIT);
        Socket polite = connect("127.0.0.1");
        for (int i = 0; i < POLITE_REQUESTS; i++) {
            send(polite, 1);
            assertEquals("200 /v1/kv/0", answers(polite, 1).get(0));
        }
        assertTrue(server.load.refusedEver(ShedReason.TURN, RequestClass.READ) > 0);
    }

    @Test
    void oneAloneHasAllItsAnswersInOrder() throws Exception {
        Socket client = connect("127.0.0.1");
        send(client, REQUESTS_OF_EACH);
        List<String> answers = answers(client, REQUESTS_OF_EACH);
        for (int i = 0; i < REQUESTS_OF_EACH; i++) {
            assertEquals("200 /v1/kv/" + i, answers.get(i));
        }
    }

    /** They are bounded and charged. The rest of a burst is still in the socket, so nothing more is read of it. */
    @Test
    void aBurstBehindAnOperationThatTakesLongIsReadOnlyInPart() throws Exception {
        Socket client = readAsMuchAsMayBe();
        send(client, 4 * READ_REQUESTS_MAX);
        assertFewWait();
    }

    /** The end of what its client sends is behind the burst, so it is not looked for either. */
    @Test
    void norIsABurstReadWholeWhoseClientThenClosesItsSide() throws Exception {
        Socket client = readAsMuchAsMayBe();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        // on the event loop, so that it finds both at once
        server.loop.runOnContext(busy -> {
            try {
                send(client, 4 * READ_REQUESTS_MAX);
                client.shutdownOutput();
                sent.complete(null);
            } catch (IOException e) {
                sent.completeExceptionally(e);
            }
        });
        sent.get();
        assertFewWait();
    }

    /** A client of whom Netty would read as much as it may at once. Its next operation takes long. */
    private Socket readAsMuchAsMayBe() throws IOException {
        operationMs = 0;
        Socket client = connect("127.0.0.1");
        for (int i = 0; i < 3; i++) {
            send(client, READ_REQUESTS_MAX);
            answers(client, READ_REQUESTS_MAX);
        }
        operationMs = 3_600_000;
        return client;
    }

    private void assertFewWait() {
        await().until(() -> server.memory.inUseBytes(MemoryUse.WAITING) > 0);
        long waiting = server.memory.inUseBytes(MemoryUse.WAITING) / CHARGED_BYTES;
        assertTrue(waiting <= READ_REQUESTS_MAX, () -> waiting + " requests wait in memory");
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket client, int requests) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            text.append("GET /v1/kv/").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        client.getOutputStream().write(text.toString().getBytes(ISO_8859_1));
    }

    /** The status and the path of each. They have no body. */
    private static List<String> answers(Socket client, int count) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        List<String> answers = new ArrayList<>();
        while (answers.size() < count) {
            String status = lines.readLine().split(" ")[1];
            String path = "";
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                path = line.startsWith("Path: ") ? line.substring("Path: ".length()) : path;
            }
            answers.add(status + " " + path);
        }
        return answers;
    }
}
