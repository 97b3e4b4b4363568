package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.ShellRun;
import io.quorate.deploy.cluster.SmallDisk;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real processes to which the operating system gives too little of something. Disks are fine, so no process ends. */
final class ShortagesIT {
    private static final int WRITES_MAX = 300;
    private static final String VALUE = "v".repeat(100_000);

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree("memtableBytes: 1048576\n");

    private final Map<String, String> acknowledged = new TreeMap<>();
    private int written;

    @Test
    void withoutDescriptorsAMajorityRefusesWritesAndTakesThemAgainWhenItHasSome() {
        List<LocalNode> short2 = List.of(cluster.node(2), cluster.node(3));
        List<Long> pids = cluster.nodes().stream().map(LocalNode::pid).toList();
        assertEquals(201, write().statusCode());
        short2.forEach(node -> limitOpenFiles(node, "10:"));

        HttpResponse<Buffer> refused = writeUntilRefused();
        assertEquals(429, refused.statusCode(), () -> KvClient.describe(refused));
        assertEquals("none", KvClient.problem(refused).getString("outcome"));
        short2.forEach(node -> assertTrue(node.log().contains("no file descriptor is free"), node::log));
        assertEveryAcknowledgedWriteIsThere();

        short2.forEach(node -> limitOpenFiles(node, "20000:"));
        await().atMost(Duration.ofSeconds(20)).until(() -> write().statusCode() == 201);
        for (int i = 0; i < 50; i++) {
            assertEquals(201, write().statusCode());
        }
        assertEveryAcknowledgedWriteIsThere();
        short2.forEach(node -> assertTrue(node.log().contains("there are file descriptors again"), node::log));
        assertEquals(pids, cluster.nodes().stream().map(LocalNode::pid).toList());
        assertTrue(cluster.nodes().stream().allMatch(LocalNode::isAlive));
    }

    private static void limitOpenFiles(LocalNode node, String softAndHard) {
        ShellRun run = ShellRun.of(
                Map.of("NODE", Long.toString(node.pid()), "LIMIT", softAndHard), "prlimit --pid $NODE --nofile=$LIMIT");
        assumeTrue(run.exitCode() == 0, "SKIPPED: cannot change the limits of a process here: " + run.err());
    }

    @Test
    void withoutInodesANodeRefusesWritesAndTakesThemAgainWhenItHasSome() throws IOException, InterruptedException {
        cluster.node(3).kill();
        LocalNode node = cluster.node(2);
        node.kill();
        try (SmallDisk disk = SmallDisk.withInodes(node, 40)) {
            try {
                cluster.startAndAwaitReady(node);
                await().until(() -> write().statusCode() == 201);
                disk.fillWithFiles();
                HttpResponse<Buffer> refused = writeUntilRefused();
                assertEquals(507, refused.statusCode(), () -> KvClient.describe(refused));
                assertEveryAcknowledgedWriteIsThere();
                disk.deleteFillers();
                await().atMost(Duration.ofSeconds(20)).until(() -> write().statusCode() == 201);
                assertEveryAcknowledgedWriteIsThere();
                assertTrue(node.isAlive());
            } finally {
                node.kill();
            }
        }
    }

    private HttpResponse<Buffer> write() {
        String key = String.format("key-%05d", written++);
        HttpResponse<Buffer> answer = cluster.client().put(cluster.node(1), key, VALUE + key);
        if (answer.statusCode() == 201) {
            acknowledged.put(key, VALUE + key);
        }
        return answer;
    }

    /** A write that one replica took before another said no is a 504. */
    private HttpResponse<Buffer> writeUntilRefused() {
        HttpResponse<Buffer> answer = write();
        for (int left = WRITES_MAX; List.of(201, 504).contains(answer.statusCode()) && left > 0; left--) {
            answer = write();
        }
        return answer;
    }

    private void assertEveryAcknowledgedWriteIsThere() {
        acknowledged.forEach((key, value) ->
                assertEquals(value, cluster.client().get(cluster.node(1), key).bodyAsString(), key));
    }
}
