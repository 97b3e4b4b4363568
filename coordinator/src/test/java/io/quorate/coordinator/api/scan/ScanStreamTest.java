package io.quorate.coordinator.api.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.ScanReplyBuilder;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.api.HttpApi;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.Principal;
import io.quorate.coordinator.api.access.TokenDigest;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.ServerOptions;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.coordinator.api.origin.Origins;
import io.quorate.coordinator.replica.HealthyReplica;
import io.quorate.coordinator.replica.tcp.TimerWheel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real HTTP server over one replica with more keys than any buffer holds. */
@Timeout(30)
class ScanStreamTest {
    private static final Readiness READY = new Readiness() {
        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public Optional<String> concern() {
            return Optional.empty();
        }
    };

    private static final Duration QUIET = Duration.ofMillis(150);

    /** The bytes that fit between a server and a client that does not read: socket buffers, and one page. */
    private static final int UNREAD_PAGES_MAX = 100;

    private static final ClusterId CLUSTER = new ClusterId("c");
    private static final String TOKEN = "of the reader";

    private final AccessControl control = AccessControl.of(CLUSTER, rules("read"), AccessAudit.NONE);
    private final Vertx vertx = Vertx.vertx();
    private volatile int losesRightsAtPage = Integer.MAX_VALUE;
    private final AtomicInteger pages = new AtomicInteger();
    private volatile int failsFromPage = Integer.MAX_VALUE;
    private int port;

    private static AccessRules rules(String grant) {
        Principal reader = new Principal("reader", List.of(Grant.parse(grant)));
        return new AccessRules(List.of(new AccessRules.Entry(reader, List.of(TokenDigest.of(TOKEN)))));
    }

    @BeforeEach
    void startServer() {
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(started -> {
            NodeId id = new NodeId("n1");
            Coordinator coordinator = new Coordinator(new CoordinatorParts(
                    id,
                    new ClusterMembers(new Placement(List.of(id)), List.of(new EndlessReplica(id, context))),
                    new TimeSources(
                            SystemClock.INSTANCE,
                            new TimerWheel(vertx, SystemClock.INSTANCE),
                            new HybridClock(SystemClock.INSTANCE, 500),
                            () -> Long.MAX_VALUE),
                    new Random(1)));
            ApiLimits limits = new ApiLimits(1 << 20, 2_000, 60_000, 60_000);
            vertx.createHttpServer(ServerOptions.create())
                    .requestHandler(new HttpApi(
                                    new ClusterJson(CLUSTER, coordinator, Map.of(), List::of),
                                    coordinator,
                                    limits,
                                    READY,
                                    Checkpoints.NONE,
                                    List.of(),
                                    new RequestIds(1))
                            .behind(new Callers(new HostNames(List.of()), new Origins(List.of())), control))
                    .listen(0, "127.0.0.1")
                    .onSuccess(server -> listening.complete(server.actualPort()))
                    .onFailure(listening::completeExceptionally);
        });
        port = listening.join();
    }

    @AfterEach
    void stopServer() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aClientThatDoesNotReadStopsTheScanAndOneThatReadsOnLetsItGoOn() throws IOException {
        try (Socket client = request("/v1/kv", "")) {
            int stalledAt = awaitStandstill();
            assertTrue(stalledAt < UNREAD_PAGES_MAX, stalledAt + " pages for a client that reads none");

            InputStream in = client.getInputStream();
            while (pages.get() < stalledAt + UNREAD_PAGES_MAX) {
                in.readNBytes(64 << 10);
            }
        }
        awaitStandstill();
    }

    @Test
    void everyKeyIsOneLineAndTheLastLineSaysThatItIsTheLast() throws IOException {
        List<JsonObject> lines = lines("/v1/kv?end=0000005000");
        assertEquals(5_001, lines.size());
        for (int i = 0; i < 5_000; i++) {
            assertEquals(EndlessReplica.key(i), lines.get(i).getString("key"));
        }
        JsonObject last = lines.get(5_000);
        assertTrue(last.containsKey("next") && last.getString("next") == null, last::encode);
        assertEquals(5_000, last.getInteger("items"));
        assertEquals("coordinator=n1; n=1; quorum=1; acked=n1; rounds=1", last.getString("evidence"));
    }

    @Test
    void aLimitEndsTheStreamWithTheCursorToTheRest() throws IOException {
        List<JsonObject> first = lines("/v1/kv?limit=1500&values=false");
        assertEquals(1_501, first.size());
        List<JsonObject> second =
                lines("/v1/kv?limit=1&values=false&cursor=" + first.get(1_500).getString("next"));
        assertEquals(EndlessReplica.key(1_500), second.get(0).getString("key"));
        assertTrue(!second.get(0).containsKey("value"), second.get(0)::encode);
    }

    @Test
    void anErrorOnTheWayIsTheLastLineAndItsCursorGoesOn() throws IOException {
        failsFromPage = 3;
        List<JsonObject> lines = lines("/v1/kv?end=0000005000");
        JsonObject last = lines.get(lines.size() - 1);
        assertEquals(503, last.getJsonObject("error").getInteger("status"));
        assertEquals("none", last.getJsonObject("error").getString("outcome"));

        failsFromPage = Integer.MAX_VALUE;
        List<JsonObject> rest = lines("/v1/kv?end=0000005000&cursor=" + last.getString("next"));
        assertEquals(5_000, lines.size() - 1 + rest.size() - 1);
        assertEquals(EndlessReplica.key(lines.size() - 1), rest.get(0).getString("key"));
    }

    @Test
    void aReaderWhoseRightIsTakenBackGetsNoFurtherPage() throws IOException {
        losesRightsAtPage = 3;
        List<JsonObject> lines = lines("/v1/kv?end=0000005000");
        JsonObject error = lines.get(lines.size() - 1).getJsonObject("error");
        assertEquals(403, error.getInteger("status"));
        assertTrue(error.getString("detail").contains("taken back"), error::encode);
        assertEquals(4, pages.get());
    }

    @Test
    void anErrorBeforeTheFirstLineIsTheStatus() throws IOException {
        failsFromPage = 0;
        try (Socket client = request("/v1/kv", "Connection: close\r\n")) {
            String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("application/problem+json"), answer);
        }
    }

    private int awaitStandstill() {
        AtomicInteger seen = new AtomicInteger(-1);
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(QUIET)
                .until(() -> pages.get() > 0 && seen.getAndSet(pages.get()) == pages.get());
        return pages.get();
    }

    private List<JsonObject> lines(String uri) throws IOException {
        try (Socket client = request(uri, "Connection: close\r\n")) {
            String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
            return withoutChunks(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                    .lines()
                    .map(JsonObject::new)
                    .toList();
        }
    }

    private static String withoutChunks(String body) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int endOfSize = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, endOfSize), 16);
            text.append(body, endOfSize + 2, endOfSize + 2 + size);
            at = endOfSize + 2 + size + 2;
        }
        return text.toString();
    }

    private Socket request(String uri, String headers) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(64 << 10);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.setSoTimeout(15_000);
        String request = "GET " + uri + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n"
                + "Authorization: Bearer " + TOKEN + "\r\n" + headers + "\r\n";
        client.getOutputStream().write(request.getBytes(ISO_8859_1));
        return client;
    }

    /** Holds a value of 200 bytes under each number of ten digits. */
    private final class EndlessReplica extends HealthyReplica {
        private static final int DIGITS = 10;

        private final Value value = Value.of("v".repeat(200));
        private final Context context;

        EndlessReplica(NodeId id, Context context) {
            super(id);
            this.context = context;
        }

        static String key(long number) {
            String digits = Long.toString(number);
            return "0".repeat(DIGITS - digits.length()) + digits;
        }

        @Override
        public VotingStatus votingStatus() {
            return VotingStatus.VOTING;
        }

        @Override
        public void ask(Request request, long patienceMs, int index, Answers answers) {
            Scan scan = (Scan) request;
            context.runOnContext(later -> answers.replied(index, answer(scan)));
        }

        private Reply answer(Scan scan) {
            int page = pages.getAndIncrement();
            if (page == losesRightsAtPage) {
                control.use(rules("read:else/"));
            }
            if (page >= failsFromPage) {
                return new Rejected(Rejected.RejectionCause.REFUSED, "enough");
            }
            ScanReplyBuilder reply = new ScanReplyBuilder(scan);
            long number = scan.range().start().map(EndlessReplica::firstBehind).orElse(0L);
            for (Key key = Key.of(key(number)); scan.range().contains(key); key = Key.of(key(++number))) {
                if (!reply.add(key, new Record(new Version(1, 1, number, 0), value), false)) {
                    return reply.build(false);
                }
            }
            return reply.build(true);
        }

        /** The start of a further page is the last key and a byte more. */
        private static long firstBehind(Key start) {
            long number = Long.parseLong(start.toString().substring(0, DIGITS));
            return start.length() > DIGITS ? number + 1 : number;
        }
    }
}
