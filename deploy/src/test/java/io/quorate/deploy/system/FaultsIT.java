package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.HybridClock;
import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.KvClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The faults that nodes of a local cluster do to themselves: what {@code /v1/faults} promises, and what clients see.
 */
@Tag("faults")
final class FaultsIT {
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(10);
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    /** Long beside what a busy machine takes, and short beside the time after which a node counts as silent. */
    private static final int SLOW_MS = 400;

    @TempDir
    static Path folder;

    private static RealCluster cluster;
    private static KvClient client;

    private final AtomicInteger values = new AtomicInteger();

    @BeforeAll
    static void start() {
        client = new KvClient();
        cluster = RealCluster.in(folder.resolve("home"), 3);
        cluster.runToSuccess("start", "--faults");
    }

    @AfterAll
    static void leaveNothingBehind() {
        cluster.run("wipe", "--yes");
        client.close();
    }

    @BeforeEach
    void heal() {
        inject(3, "{\"fault\": \"heal\"}");
        awaitAllUp();
    }

    @Test
    void aCutWithABridgeIsNoOutageAndHealsByItself() {
        inject(3, "{\"fault\": \"cut\", \"node\": \"n1\", \"peer\": \"n2\"}");

        for (int round = 0; round < 10; round++) {
            writeAndReadThroughAll();
        }
        await().atMost(HEALED_WITHIN).until(() -> up(1) == 2 && up(2) == 2);
        assertEquals(3, up(3));
        writeAndReadThroughAll();
        assertTrue(cluster.runToSuccess("status").contains("cut from n2"));

        cluster.runToSuccess("heal");
        awaitAllUp();
        writeAndReadThroughAll();
    }

    @Test
    void aNodeThatIsCutOffFromAllRefusesAndComesBack() {
        inject(1, "{\"fault\": \"cut\", \"node\": \"n3\", \"peer\": \"n1\"}");
        inject(1, "{\"fault\": \"cut\", \"node\": \"n3\", \"peer\": \"n2\"}");
        await().atMost(HEALED_WITHIN).until(() -> up(3) == 1);

        HttpResponse<Buffer> refused = put(3, "cut-off", "x");
        assertEquals(503, refused.statusCode(), () -> KvClient.describe(refused));
        assertApplied(put(1, "cut-off", "y"));

        inject(1, "{\"fault\": \"heal\", \"node\": \"n3\"}");
        awaitAllUp();
        assertEquals("y", get(3, "cut-off").bodyAsString());
    }

    @Test
    void readsDoNotWaitForASlowNode() {
        assertApplied(put(1, "slow", "x"));
        cluster.runToSuccess("slow", "n2", SLOW_MS + "ms");

        assertTrue(medianReadMs(2, 3) >= SLOW_MS, "a read through n2 has to ask others, which is slow");
        long medianMs = medianReadMs(1, 21);
        assertTrue(medianMs < SLOW_MS, () -> "reads through n1 took " + medianMs + " ms, so they waited for n2");
    }

    @Test
    void aClockThatIsAnHourOffNeitherStopsWritesNorReordersThem() {
        for (long skewMs : new long[] {HOUR_MS, -HOUR_MS}) {
            cluster.runToSuccess("skew", "n2", (skewMs > 0 ? "+" : "-") + "1h");
            await().atMost(HEALED_WITHIN).until(() -> Math.abs(skewOfSecond() - skewMs) < HOUR_MS / 60);

            for (int round = 0; round < 5; round++) {
                writeAndReadThroughAll();
            }
            long aheadMs = millisOf(put(2, "skew", "x")) - millisOf(put(1, "skewless", "x"));
            assertTrue(Math.abs(aheadMs) < HOUR_MS / 60, () -> "versions of n2 are " + aheadMs + " ms ahead of others");
        }
    }

    @Test
    void anyNodeKillsAndStartsAnyOther() {
        assertEquals("down", process(inject(1, "{\"fault\": \"kill\", \"node\": \"n2\"}"), 2));
        writeThrough(1, 3);
        assertEquals("running", process(inject(3, "{\"fault\": \"start\", \"node\": \"n2\"}"), 2));
        assertEquals("paused", process(inject(2, "{\"fault\": \"pause\", \"node\": \"n1\"}"), 1));
        assertEquals("running", process(inject(2, "{\"fault\": \"heal\"}"), 1));
    }

    @Test
    void aNodeAnswersBeforeItEndsItself() {
        assertEquals("down", process(inject(1, "{\"fault\": \"kill\", \"node\": \"n1\"}"), 1));
        await().atMost(HEALED_WITHIN).until(() -> process(faults(2), 1).equals("down"));
        assertEquals("running", process(inject(2, "{\"fault\": \"start\", \"node\": \"n1\"}"), 1));
    }

    @Test
    void onlyThisMachineAndTheMembersPagesMayInject() {
        String kill = "{\"fault\": \"kill\", \"node\": \"n1\"}";
        assertEquals(403, post(1, kill, "Origin", "http://localhost:1").statusCode());
        assertEquals(
                403, send(faultsRequest(1).virtualHost("evil.example"), kill).statusCode());
        assertEquals(415, post(1, kill, "Content-Type", "text/plain").statusCode());
        HttpResponse<Buffer> wrong = send(faultsRequest(1), "{\"fault\": \"explode\", \"node\": \"n1\"}");
        assertEquals(400, wrong.statusCode());
        assertTrue(KvClient.problem(wrong).getString("detail").contains("allowed: "), wrong::bodyAsString);
        assertEquals("running", process(faults(2), 1));

        String own = "http://localhost:" + cluster.httpPort(2);
        assertEquals(200, post(1, "{\"fault\": \"heal\"}", "Origin", own).statusCode());
        assertEquals(true, clusterState(1).getBoolean("faultsAllowed"));
    }

    @Test
    void aClusterThatWasNotStartedForItHasNoFaults(@TempDir Path other) {
        RealCluster plain = RealCluster.in(other.resolve("home"), 1);
        try {
            plain.runToSuccess("start");

            assertEquals(404, client.status(plain.httpPort(1), "/v1/faults"));
            CommandRun run = plain.run("slow", "n1", "50ms");
            assertEquals(1, run.exitCode(), run::output);
            assertTrue(run.output().contains("start --faults"), run::output);
        } finally {
            plain.run("wipe", "--yes");
        }
    }

    private void writeAndReadThroughAll() {
        for (int writer = 1; writer <= 3; writer++) {
            String value = "v" + values.incrementAndGet();
            assertApplied(put(writer, "bridge", value));
            for (int reader = 1; reader <= 3; reader++) {
                assertEquals(value, get(reader, "bridge").bodyAsString(), "written through n" + writer);
            }
        }
    }

    private void writeThrough(int... nodes) {
        for (int node : nodes) {
            assertApplied(put(node, "k", "v"));
        }
    }

    private static long medianReadMs(int node, int reads) {
        List<Long> elapsedMs = new ArrayList<>();
        for (int i = 0; i < reads; i++) {
            long sentNs = System.nanoTime();
            assertEquals("x", get(node, "slow").bodyAsString());
            elapsedMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNs));
        }
        Collections.sort(elapsedMs);
        return elapsedMs.get(elapsedMs.size() / 2);
    }

    /** The wall-clock part of the version that a write got. */
    private static long millisOf(HttpResponse<Buffer> written) {
        assertApplied(written);
        String version = written.getHeader("ETag").replace("\"", "");
        return HybridClock.millisOf(Long.parseUnsignedLong(version.substring(0, version.indexOf('.')), 16));
    }

    private static long skewOfSecond() {
        return clusterState(3).getJsonArray("nodes").getJsonObject(1).getLong("skewMs");
    }

    private static void awaitAllUp() {
        await().atMost(HEALED_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> up(1) == 3 && up(2) == 3 && up(3) == 3);
    }

    private static int up(int observer) {
        return clusterState(observer).getInteger("up");
    }

    private static JsonObject clusterState(int observer) {
        return client.send(client.request(HttpMethod.GET, cluster.httpPort(observer), "/v1/cluster"))
                .bodyAsJsonObject();
    }

    private static JsonObject faults(int observer) {
        return client.send(client.request(HttpMethod.GET, cluster.httpPort(observer), "/v1/faults"))
                .bodyAsJsonObject();
    }

    private static JsonObject inject(int through, String order) {
        HttpResponse<Buffer> answer = send(faultsRequest(through), order);
        assertEquals(200, answer.statusCode(), answer::bodyAsString);
        return answer.bodyAsJsonObject();
    }

    private static HttpResponse<Buffer> post(int through, String order, String header, String value) {
        return send(faultsRequest(through).putHeader(header, value), order);
    }

    private static HttpRequest<Buffer> faultsRequest(int through) {
        return client.request(HttpMethod.POST, cluster.httpPort(through), "/v1/faults")
                .timeout(60_000)
                .putHeader("Content-Type", "application/json");
    }

    private static HttpResponse<Buffer> send(HttpRequest<Buffer> request, String body) {
        return client.send(request, Buffer.buffer(body));
    }

    private static String process(JsonObject faults, int node) {
        return faults.getJsonArray("nodes").getJsonObject(node - 1).getString("process");
    }

    private static HttpResponse<Buffer> put(int node, String key, String value) {
        return client.send(
                client.request(HttpMethod.PUT, cluster.httpPort(node), KvClient.kv(key)), Buffer.buffer(value));
    }

    private static HttpResponse<Buffer> get(int node, String key) {
        return client.send(client.request(HttpMethod.GET, cluster.httpPort(node), KvClient.kv(key)));
    }

    private static void assertApplied(HttpResponse<Buffer> answer) {
        assertEquals(2, answer.statusCode() / 100, () -> KvClient.describe(answer));
    }
}
