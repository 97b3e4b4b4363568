package io.quorate.client;

import static io.quorate.client.FakeNode.absent;
import static io.quorate.client.FakeNode.hangUp;
import static io.quorate.client.FakeNode.inTurn;
import static io.quorate.client.FakeNode.problem;
import static io.quorate.client.FakeNode.reply;
import static io.quorate.client.FakeNode.stranger;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QuorateClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Key KEY = Key.of("k");
    private static final Value VALUE = Value.of("v");

    private final List<FakeNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(FakeNode::close);
    }

    private FakeNode node(FakeNode.Script script) {
        FakeNode node = new FakeNode(script);
        nodes.add(node);
        return node;
    }

    private QuorateClient client(Duration timeout) {
        QuorateClient.Builder builder = QuorateClient.builder().timeout(timeout);
        nodes.forEach(node -> builder.endpoint(node.uri()));
        return builder.build();
    }

    private QuorateClient client() {
        return client(Duration.ofSeconds(30));
    }

    private static FakeNode.Script written(int status) {
        return reply(status, Map.of("ETag", "\"a.1.1.0\""), "");
    }

    @Test
    void aValueIsReadWithItsTypeItsVersionAndTheEndOfItsLife() {
        node(reply(
                200,
                Map.of(
                        "ETag", "\"a.1.1.0\"",
                        "Content-Type", "text/plain",
                        "Quorate-Expires-At", "2026-11-29T05:00:00Z"),
                "hello"));
        Entry entry = client().get(Key.of("a b/ü..")).orElseThrow();
        assertEquals(Value.of("hello".getBytes(), "text/plain"), entry.value());
        assertEquals(new Version("a.1.1.0"), entry.version());
        assertEquals(Optional.of(Instant.parse("2026-11-29T05:00:00Z")), entry.expiresAt());
        assertEquals(List.of("GET /v1/kv/a%20b%2F%C3%BC%2E%2E"), nodes.get(0).requests());
    }

    @Test
    void anAbsentKeyIsNoFailure() {
        node(absent());
        assertEquals(Optional.empty(), client().get("k"));
    }

    /** Such as the default backend of an ingress. */
    @Test
    void a404ThatIsNotOfANodeIsNoAbsentKey() {
        node(stranger(404, Map.of("Quorate-Evidence", "level=linearizable"), "default backend - 404"));
        assertEquals(404, failedRead().status());
    }

    /** A node answers so if it knows no such path. */
    @Test
    void a404ThatNoReadEndedInIsNoAbsentKey() {
        node(problem(404, "none"));
        assertEquals(404, failedRead().status());
    }

    @Test
    void a200ThatIsNotOfANodeIsNoValue() {
        node(stranger(200, Map.of("ETag", "\"a.1.1.0\""), "<html>"));
        assertEquals(200, failedRead().status());
    }

    private ReadFailedException failedRead() {
        return assertThrows(ReadFailedException.class, () -> client(SHORT).get("k"));
    }

    @Test
    void anAnswerThatIsNotOfANodeIsPassedOver() {
        node(stranger(404, Map.of(), ""));
        node(absent());
        assertEquals(Optional.empty(), client().get("k"));
        assertEquals(Optional.empty(), client().get("k"));
    }

    /** Such as of nginx, or of the login page of a proxy, at the port of one node. */
    @Test
    void noStatusOfAnotherServerDecides() {
        for (int status : new int[] {204, 302, 400, 401, 403, 404, 405, 409, 412, 429, 507}) {
            FakeNode stranger = node(stranger(status, Map.of("Retry-After", "60"), ""));
            FakeNode good = node(written(200));
            QuorateClient client = client();
            assertTrue(client.put("k", "first").isApplied(), () -> "after " + status);
            assertTrue(client.put("k", "second").isApplied(), () -> "after " + status);
            assertEquals(2, good.requests().size(), () -> "after " + status);
            assertTrue(stranger.requests().size() <= 1, () -> status + " was preferred");
            close();
            nodes.clear();
        }
    }

    @Test
    void aWriteThatOnlyAnotherServerAnsweredIsUnknown() {
        node(stranger(405, Map.of(), ""));
        assertInstanceOf(WriteResult.Unknown.class, client(SHORT).put("k", "v"));
    }

    @Test
    void aReadThatIsRefusedSaysWhy() {
        node(problem(400, "none"));
        ReadFailedException failure = assertThrows(ReadFailedException.class, () -> client().get("k"));
        assertEquals(400, failure.status());
        assertEquals("400: for a test", failure.getMessage());
    }

    @Test
    void aWriteSaysWhetherItCreated() {
        node(written(201));
        assertEquals(new WriteResult.Applied(Optional.of(new Version("a.1.1.0")), true, false), client().put("k", "v"));
        assertEquals(List.of("PUT /v1/kv/k v"), nodes.get(0).requests());
    }

    @Test
    void aTimeToLiveAndAConditionAreSent() {
        FakeNode node = node(written(200));
        WriteOptions options =
                WriteOptions.expiringAfter(Duration.ofSeconds(30)).withIdempotencyKey("mine");
        client().putIf(KEY, VALUE, Condition.at(new Version("b.1.1.0")), options)
                .orThrow();
        assertEquals(List.of("PUT /v1/kv/k?ttl=30000ms v"), node.requests());
        assertEquals(List.of("mine"), node.idempotencyKeys());
    }

    @Test
    void aWriteWhoseConditionDoesNotHoldShowsTheCurrentVersion() {
        node(reply(412, Map.of("ETag", "\"c.1.1.0\""), ""));
        assertEquals(
                new WriteResult.ConditionFailed(Optional.of(new Version("c.1.1.0"))),
                client().putIf(KEY, VALUE, Condition.absent()));
    }

    @Test
    void aNodeThatRefusesForNowIsPassedOver() {
        node(problem(503, "none"));
        node(written(200));
        assertTrue(client().put("k", "v").isApplied());
    }

    @Test
    void aNodeThatIsGoneIsPassedOver() {
        FakeNode gone = node(written(200));
        node(written(200));
        QuorateClient client = client();
        gone.close();
        assertTrue(client.put("k", "v").isApplied());
    }

    @Test
    void aRefusalThatLastsIsARefusal() {
        node(problem(503, "none"));
        node(problem(503, "none"));
        assertEquals(
                new WriteResult.Refused(503, "503: for a test"), client(SHORT).put("k", "v"));
        assertEquals(
                503,
                assertThrows(ReadFailedException.class, () -> client(SHORT).get("k"))
                        .status());
    }

    @Test
    void withoutAnyNodeNothingWasApplied() {
        node(written(200));
        QuorateClient client = client(SHORT);
        nodes.get(0).close();
        assertEquals(
                0,
                assertInstanceOf(WriteResult.Refused.class, client.put("k", "v"))
                        .status());
    }

    @Test
    void aWriteThatMayHaveBeenAppliedIsSentAgainWithTheSameKey() {
        FakeNode node = node(inTurn(problem(504, "unknown"), hangUp(), written(200)));
        assertTrue(client().put("k", "v").isApplied());
        assertEquals(3, node.idempotencyKeys().size());
        assertEquals(1, Set.copyOf(node.idempotencyKeys()).size());
    }

    @Test
    void twoWritesHaveTwoKeys() {
        FakeNode node = node(written(200));
        QuorateClient client = client();
        client.put("k", "v").orThrow();
        client.put("k", "v").orThrow();
        assertEquals(2, Set.copyOf(node.idempotencyKeys()).size());
    }

    @Test
    void anAnswerAfterAnUnknownOneDecides() {
        node(inTurn(problem(504, "unknown"), reply(412, Map.of(), "")));
        assertEquals(
                new WriteResult.ConditionFailed(Optional.empty()), client().putIf(KEY, VALUE, Condition.present()));
    }

    @Test
    void aRefusalAfterAnUnknownAnswerDecidesNothing() {
        node(inTurn(problem(504, "unknown"), problem(503, "none")));
        WriteResult.Unknown unknown =
                assertInstanceOf(WriteResult.Unknown.class, client(SHORT).put("k", "v"));
        assertEquals(Optional.of(nodes.get(0).idempotencyKeys().get(0)), unknown.idempotencyKey());
    }

    @Test
    void aConnectionThatIsLostIsUnknown() {
        node(hangUp());
        WriteResult lost = client(SHORT).put("k", "v");
        assertInstanceOf(WriteResult.Unknown.class, lost);
        assertThrows(WriteResult.NotAppliedException.class, lost::orThrow);
    }

    @Test
    void anAnswerThatStopsInItsBodyEndsInTime() {
        CountDownLatch closed = new CountDownLatch(1);
        node(FakeNode.stall(closed));
        assertInstanceOf(WriteResult.Unknown.class, client(SHORT).put("k", "v"));
        assertEquals(
                0,
                assertThrows(ReadFailedException.class, () -> client(SHORT).get("k"))
                        .status());
        closed.countDown();
    }

    /** A proxy's own error proves nothing. */
    @Test
    void anErrorThatIsNotOfANodeIsUnknown() {
        node(reply(502, Map.of("Content-Type", "text/html"), "<html>"));
        assertInstanceOf(WriteResult.Unknown.class, client(SHORT).put("k", "v"));
    }

    @Test
    void aSuccessThatIsNotOfANodeIsUnknown() {
        FakeNode.Script success = stranger(200, Map.of("ETag", "\"a.1.1.0\""), "");
        node(inTurn(success, success, stranger(412, Map.of(), "")));
        assertInstanceOf(WriteResult.Unknown.class, client(SHORT).put("k", "v"));
    }

    @Test
    void aWriteIsSentAgainAfterASuccessThatIsNotOfANode() {
        node(inTurn(stranger(200, Map.of(), ""), written(201)));
        assertTrue(client().put("k", "v").orThrow().created());
    }

    @Test
    void contentionIsTriedAgain() {
        FakeNode node = node(inTurn(problem(409, "none"), problem(409, "none"), written(200)));
        assertTrue(client().putIf(KEY, VALUE, Condition.present()).isApplied());
        assertEquals(3, node.requests().size());
    }

    @Test
    void whatANodeShedsIsTriedAgain() {
        FakeNode node = node(inTurn(problem(429, "none"), written(200)));
        assertTrue(client().put("k", "v").isApplied());
        assertEquals(2, node.requests().size());
    }

    @Test
    void aNodeOfWhichTheClusterToldIsAskedWhenTheOthersAreGone() {
        FakeNode named = node(written(200));
        QuorateClient client = client();
        FakeNode told = node(written(200));
        String authority = told.uri().getAuthority();
        named.tell("{\"nodes\":[{\"id\":\"n1\"},{\"id\":\"n2\",\"http\":\"" + authority + "\"}]}");
        client.put("k", "first").orThrow();
        while (!client.async().endpoints().knows(told.uri())) {
            Thread.onSpinWait();
        }
        named.close();
        client.put("k", "v").orThrow();
        assertEquals(List.of("PUT /v1/kv/k v"), told.requests());
    }

    @Test
    void aScanGoesOnFromPageToPage() {
        FakeNode node = node(
                inTurn(
                        reply(
                                200,
                                Map.of(),
                                "{\"items\":[{\"key\":\"a\",\"version\":\"1.1.1.0\",\"contentType\":\"text/plain\",\"value\":\"x\"}],"
                                        + "\"next\":\"c1\"}"),
                        reply(200, Map.of(), "{\"items\":[],\"next\":\"c2\"}"),
                        reply(
                                200,
                                Map.of(),
                                "{\"items\":[{\"key64\":\"/w==\",\"version\":\"2.1.1.0\",\"value64\":\"/g==\"}],\"next\":null}")));
        List<Page.Item> items =
                client().scan(ScanRange.ofPrefix("p/").withPageSize(1)).toList();
        assertEquals(
                List.of(
                        new Page.Item(
                                Key.of("a"),
                                new Version("1.1.1.0"),
                                Optional.of(Value.of("x".getBytes(), "text/plain"))),
                        new Page.Item(
                                Key.of(new byte[] {-1}), new Version("2.1.1.0"), Optional.of(Value.of(new byte[] {-2
                                })))),
                items);
        assertEquals(
                Stream.of("", "&cursor=c1", "&cursor=c2")
                        .map(cursor -> "GET /v1/kv?limit=1&prefix=p%2F" + cursor)
                        .toList(),
                node.requests());
    }

    @Test
    void aBatchHasAResultForEachOperation() {
        FakeNode node = node(reply(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"results\":[{\"status\":201,\"version\":\"1.1.1.0\"},{\"status\":404},"
                        + "{\"status\":503,\"problem\":{\"detail\":\"no quorum\",\"outcome\":\"none\"}},"
                        + "{\"status\":504,\"problem\":{\"detail\":\"late\",\"outcome\":\"unknown\"}}]}"));
        Batch batch = new Batch()
                .put(KEY, Value.of(new byte[] {-1}), Duration.ofSeconds(1))
                .get(Key.of("\"\n"))
                .delete(KEY)
                .delete(KEY);
        List<BatchResult> results = client().batch(batch);
        assertEquals(
                List.of(
                        new BatchResult.Written(
                                KEY, new WriteResult.Applied(Optional.of(new Version("1.1.1.0")), true, false)),
                        new BatchResult.Read(Key.of("\"\n"), Optional.empty()),
                        new BatchResult.Written(KEY, new WriteResult.Refused(503, "no quorum")),
                        new BatchResult.Written(
                                KEY,
                                new WriteResult.Unknown(
                                        Optional.of(node.idempotencyKeys().get(0)), "late"))),
                results);
        assertEquals(
                List.of("POST /v1/batch {\"operations\":["
                        + "{\"op\":\"put\",\"key\":\"k\",\"value64\":\"/w==\",\"contentType\":\"application/octet-stream\","
                        + "\"ttl\":\"1000ms\"},"
                        + "{\"op\":\"get\",\"key\":\"\\\"\\u000a\"},"
                        + "{\"op\":\"delete\",\"key\":\"k\"},{\"op\":\"delete\",\"key\":\"k\"}]}"),
                node.requests());
    }

    @Test
    void aBatchWithoutAnAnswerIsUnknownForItsWrites() {
        node(hangUp());
        List<BatchResult> results = client(SHORT).batch(new Batch().get(KEY).delete(KEY));
        assertInstanceOf(BatchResult.NotRead.class, results.get(0));
        assertInstanceOf(
                WriteResult.Unknown.class,
                assertInstanceOf(BatchResult.Written.class, results.get(1)).result());
    }

    @Test
    void aBatchWhoseAnswerHasNoResultForEachOperationIsUnknownForItsWrites() {
        node(reply(200, Map.of("Content-Type", "application/json"), "{\"results\":[{\"status\":200}]}"));
        List<BatchResult> results = client().batch(new Batch().get(KEY).delete(KEY));
        assertInstanceOf(BatchResult.NotRead.class, results.get(0));
        assertInstanceOf(
                WriteResult.Unknown.class,
                assertInstanceOf(BatchResult.Written.class, results.get(1)).result());
    }

    @Test
    void anAddSaysWhatItMade() {
        FakeNode node = node(reply(201, Map.of("ETag", "\"a.1.1.0\""), "{\"value\":\"15\",\"created\":true}"));
        WriteResult.Applied applied = client().change(KEY, Change.add(5, 0, 20)).orThrow();
        assertEquals(15, applied.sum().orElseThrow());
        assertTrue(applied.created());
        assertEquals(List.of("PATCH /v1/kv/k {\"add\":\"5\",\"min\":\"0\",\"max\":\"20\"}"), node.requests());
        assertEquals(1, node.idempotencyKeys().size());
    }

    @Test
    void aChangeThatDoesNotGoSaysWhy() {
        node(reply(412, Map.of("Content-Type", "application/problem+json"), "{\"reason\":\"not_equal\"}"));
        assertEquals(
                new WriteResult.ConditionFailed(Optional.empty(), Optional.of("not_equal")),
                client().change(KEY, Change.putIfValue(VALUE, Value.of("w"))));
    }

    @Test
    void bytesOfAChangeAreSentAsTheyAre() {
        FakeNode node = node(written(200));
        Value bytes = Value.of(new byte[] {0, -1}, "a/b");
        client().change(KEY, Change.append(bytes)).orThrow();
        client().change(KEY, Change.putIfAbsent(bytes)).orThrow();
        client().change(KEY, Change.putIfValue(bytes, bytes)).orThrow();
        assertEquals(
                List.of(
                        "PATCH /v1/kv/k {\"append64\":\"AP8=\",\"contentType\":\"a/b\"}",
                        "PATCH /v1/kv/k {\"value64\":\"AP8=\",\"ifAbsent\":true,\"contentType\":\"a/b\"}",
                        "PATCH /v1/kv/k {\"value64\":\"AP8=\",\"ifValue64\":\"AP8=\",\"contentType\":\"a/b\"}"),
                node.requests());
    }

    @Test
    void withoutAnIdempotencyKeyOnlyWhatHadNoEffectIsSentAgain() {
        FakeNode node = node(inTurn(problem(503, "none"), problem(429, "none"), hangUp(), written(200)));
        assertEquals(
                Optional.empty(),
                assertInstanceOf(
                                WriteResult.Unknown.class,
                                client().change(KEY, Change.add(1), WriteOptions.DEFAULTS.atMostOnce()))
                        .idempotencyKey());
        assertEquals(3, node.requests().size());
        assertEquals(List.of(), node.idempotencyKeys());
    }

    @Test
    void withoutAnIdempotencyKeyAnUnknownAnswerIsTheLast() {
        FakeNode node = node(inTurn(problem(504, "unknown"), written(200)));
        assertInstanceOf(
                WriteResult.Unknown.class, client().change(KEY, Change.add(1), WriteOptions.DEFAULTS.atMostOnce()));
        assertEquals(1, node.requests().size());
    }

    @Test
    void aCallBeyondTheLimitWaitsForItsTurnAndItsTimeRuns() {
        CountDownLatch held = new CountDownLatch(1);
        FakeNode node = node(inTurn(FakeNode.stall(held), written(200)));
        AsyncQuorateClient client = QuorateClient.builder()
                .endpoint(node.uri())
                .timeout(SHORT)
                .callsInFlightMax(1)
                .build()
                .async();
        CompletableFuture<WriteResult> first = client.put(KEY, VALUE, WriteOptions.DEFAULTS.atMostOnce());
        CompletableFuture<WriteResult> second = client.put(Key.of("second"), VALUE, WriteOptions.DEFAULTS);
        assertInstanceOf(WriteResult.Unknown.class, first.join());
        assertInstanceOf(WriteResult.Refused.class, second.join());
        assertEquals(List.of("PUT /v1/kv/k v"), node.requests());
        assertTrue(client.put(KEY, VALUE, WriteOptions.DEFAULTS).join().isApplied());
        held.countDown();
    }

    @Test
    void aLongAnswerOfAStrangerIsGivenUp() {
        node(stranger(200, Map.of(), "x".repeat(1 << 20)));
        assertTrue(failedRead().getMessage().contains("longer than 262144 bytes"), () -> failedRead()
                .getMessage());
    }

    /** As to a node whose authority the client does not trust. */
    @Test
    void aHandshakeThatFailsSendsNothing() throws IOException {
        byte[] alert = {0x15, 3, 3, 0, 2, 2, 40};
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().read();
                        socket.getOutputStream().write(alert);
                    } catch (IOException closed) {
                        // by the client, or at the end of the test
                    }
                }
            });
            answers.start();
            WriteResult result = QuorateClient.builder()
                    .endpoint(URI.create("https://localhost:" + server.getLocalPort()))
                    .timeout(SHORT)
                    .build()
                    .put("k", "v");
            assertEquals(
                    0,
                    assertInstanceOf(WriteResult.Refused.class, result, result::toString)
                            .status());
        }
    }

    @Test
    void aWriteHasAnIdempotencyKeyOrHasItsEffectAtMostOnce() {
        WriteOptions named = WriteOptions.DEFAULTS.withIdempotencyKey("mine");
        assertThrows(IllegalArgumentException.class, named::atMostOnce);
    }

    @Test
    void whatIsNoEndpointIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> QuorateClient.of("localhost:7001"));
        assertThrows(IllegalStateException.class, () -> QuorateClient.of());
    }
}
