package io.quorate.coordinator.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Browsers at one event loop of a node whose only replica is away. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStreamsTest {
    private static final NodeId ID = new NodeId("n1");
    private static final String[] HOST = {"Host: n1"};

    private final Console console = new Console(ID, new ClusterId("c"), SystemClock.INSTANCE, 500, new ClientLoad());
    private final HttpServerUnderTest server = new HttpServerUnderTest(this::streams);
    private Context loop;
    private Coordinator coordinator;
    private EventStreams streams;

    private Handler<HttpServerRequest> streams(Context context) {
        loop = context;
        coordinator = new AbsentReplica(ID, Reachability.DOWN).coordinatorOn(context, console.watchOn(context));
        streams = console.streamsOn(context, new ClusterJson(new ClusterId("c"), coordinator, Map.of(), List::of));
        return HttpServerUnderTest.of(streams);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBrowserIsToldWhereItIsAndHowTheClusterIs() throws IOException {
        try (Socket browser = open()) {
            String told = readUntil(browser, "event: cluster");
            assertTrue(told.contains("content-type: text/event-stream"), told);
            assertTrue(told.contains("retry: 1000\n\n"), told);
            assertTrue(told.contains("event: hello\ndata: {\"node\":\"n1\",\"cluster\":\"c\"}\n\n"), told);
        }
    }

    @Test
    void aRefusedRequestIsShownWithWhoWasUnreachable() throws IOException {
        try (Socket browser = open()) {
            readUntil(browser, "event: cluster");
            refuseOne();
            String told = readUntil(browser, "\"unreachable\":[\"n1\"]}");
            assertTrue(told.contains("\"id\":\"n1-1\",\"node\":\"n1\",\"kind\":\"read\",\"key\":\"k\""), told);
            assertTrue(told.contains("\"outcome\":\"refused\",\"reason\":\"no quorum\""), told);
        }
    }

    @Test
    void aRefusedRequestIsKeptThoughNobodyLooks() throws IOException {
        refuseOne();
        try (HttpServerUnderTest slow =
                new HttpServerUnderTest(other -> HttpServerUnderTest.of(console.slowRequests()))) {
            await().until(() -> slow.answer("GET /v1/slow", HOST).contains("\"reason\" : \"no quorum\""));
            assertTrue(slow.answer("GET /v1/slow", HOST).contains("\"thresholdMs\" : 500"));
        }
    }

    @Test
    void aBrowserThatDoesNotReadCostsLittleMemoryAndIsLeftInTheEnd() throws IOException {
        byte[] event = new byte[64 << 10];
        int events = 1_000;
        try (Socket browser = open()) {
            readUntil(browser, "event: hello");
            for (int i = 0; i < events; i++) {
                streams.publish(new WatchedEvent(Optional.empty(), event, event));
            }
            await().until(() -> !console.isWatched());
            int read = browser.getInputStream().readAllBytes().length;
            assertTrue(read < events * event.length / 4, read + " bytes were kept for it");
        }
    }

    @Test
    void browsersThatLeaveAreForgotten() throws IOException {
        open().close();
        await().until(() -> !console.isWatched());
    }

    @Test
    void thereAreNotMoreStreamsThanANodeCanFeed() throws IOException {
        List<Socket> browsers = new ArrayList<>();
        try {
            for (int i = 0; i < Audience.STREAMS_MAX; i++) {
                browsers.add(open());
                readUntil(browsers.get(i), "event: hello");
            }
            assertTrue(server.answer("GET /v1/events", HOST).startsWith("HTTP/1.1 503 "));
        } finally {
            for (Socket browser : browsers) {
                browser.close();
            }
        }
    }

    @Test
    void streamsEndWhenTheNodeClosesAndNoneBegin() throws IOException {
        try (Socket browser = open()) {
            readUntil(browser, "event: hello");
            streams.close();
            String rest = new String(browser.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(rest.endsWith("0\r\n\r\n"), rest);
        }
        assertEquals(
                "HTTP/1.1 503 Service Unavailable",
                server.answer("GET /v1/events", HOST).lines().findFirst().get());
        await().until(() -> !console.isWatched());
    }

    private void refuseOne() {
        loop.runOnContext(onLoop -> coordinator.read(
                Key.of("k"), new OperationOptions(ConsistencyLevel.LINEARIZABLE, 1_000), outcome -> {}));
    }

    private Socket open() throws IOException {
        return server.send("GET /v1/events", HOST);
    }

    private static String readUntil(Socket browser, String text) throws IOException {
        StringBuilder told = new StringBuilder();
        InputStream in = browser.getInputStream();
        while (told.indexOf(text) < 0) {
            int next = in.read();
            assertTrue(next >= 0, () -> "the stream ended: " + told);
            told.append((char) next);
        }
        return told.toString();
    }
}
