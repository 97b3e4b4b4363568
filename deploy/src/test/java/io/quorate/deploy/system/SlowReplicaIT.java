package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node of three sends everything late, or has a slow disk. Clients use the other two, and may not notice. */
@Tag("faults")
final class SlowReplicaIT {
    private static final Duration JUDGED_WITHIN = Duration.ofSeconds(30);
    private static final int CLIENTS = 4;

    @TempDir
    static Path folder;

    private static RealCluster cluster;
    private static KvClient client;

    private final AtomicInteger keys = new AtomicInteger();
    private final Queue<Long> elapsedMs = new ConcurrentLinkedQueue<>();

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

    @ParameterizedTest
    @ValueSource(ints = {100, 500, 2_000})
    void aReplicaThatIsLateIsCalledSlowAndNoRequestFailsOrWaits(int lateMs) {
        isMaskedWhile("slow", lateMs);
    }

    @Test
    void aReplicaWithASlowDiskIsCalledSlowAndNoRequestFailsOrWaits() {
        isMaskedWhile("slow-disk", 300);
    }

    private void isMaskedWhile(String fault, int lateMs) {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::writeAndRead)) {
            clients.awaitFurther(100);
            cluster.runToSuccess(fault, "n3", lateMs + "ms");
            awaitState("slow");
            elapsedMs.clear();
            clients.awaitFurther(300);
            long medianMs = medianMs();
            cluster.runToSuccess("heal");
            awaitState("up");
            clients.awaitFurther(100);
            clients.stop();
            assertTrue(medianMs < lateMs, "half of the writes with a read took " + medianMs + " ms");
        }
    }

    @Test
    void aReplicaThatFlapsFailsNoRequest() {
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, this::writeAndRead)) {
            for (int round = 0; round < 3; round++) {
                cluster.runToSuccess("slow", "n3", "2000ms");
                clients.awaitFurther(300);
                cluster.runToSuccess("slow", "n3", "0ms");
                clients.awaitFurther(300);
            }
            clients.stop();
        }
        cluster.runToSuccess("heal");
        awaitState("up");
    }

    /** Each client uses one of the two nodes that are well. */
    private void writeAndRead(int number) {
        int node = 1 + number % 2;
        String key = "slow/" + keys.incrementAndGet() % 50;
        long startNs = System.nanoTime();
        HttpResponse<Buffer> written = client.send(
                client.request(HttpMethod.PUT, cluster.httpPort(node), KvClient.kv(key)), Buffer.buffer("v"));
        assertTrue(List.of(200, 201).contains(written.statusCode()), () -> KvClient.describe(written));
        HttpResponse<Buffer> read =
                client.send(client.request(HttpMethod.GET, cluster.httpPort(node), KvClient.kv(key)));
        assertEquals(200, read.statusCode(), () -> KvClient.describe(read));
        elapsedMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    }

    private long medianMs() {
        List<Long> sorted = elapsedMs.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void awaitState(String state) {
        await().atMost(JUDGED_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stateOfThird(1).equals(state) && stateOfThird(2).equals(state));
    }

    private static String stateOfThird(int observer) {
        JsonObject view = client.send(client.request(HttpMethod.GET, cluster.httpPort(observer), "/v1/cluster"))
                .bodyAsJsonObject();
        return view.getJsonArray("nodes").getJsonObject(2).getString("state");
    }
}
