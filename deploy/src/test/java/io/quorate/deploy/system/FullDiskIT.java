package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.SmallDisk;
import io.quorate.deploy.openapi.ApiDocument;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real processes on file systems that are really full. */
final class FullDiskIT {
    /** With a ballast of 4 MiB, so that the tables that are due fit into it. A memtable has 1 MiB. */
    private static final int DISK_MIB = 128;

    /** It grows by a mebibyte a second. */
    private static final Duration BALLAST_LONGEST = Duration.ofSeconds(60);

    private static final int WRITES_MAX = 3_000;
    private static final String FULL = "data is full: this replica refuses ";
    private static final String SPACE_AGAIN = "data has space again: this replica takes writes";
    private static final String VALUE = "v".repeat(100_000);

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree("memtableBytes: 1048576\n");

    private final Map<String, String> acknowledged = new TreeMap<>();
    private final List<SmallDisk> disks = new ArrayList<>();
    private int written;

    @BeforeEach
    void smallDisksForTwo() throws IOException, InterruptedException {
        for (LocalNode node : List.of(cluster.node(2), cluster.node(3))) {
            node.kill();
            disks.add(SmallDisk.under(node, DISK_MIB));
            cluster.startAndAwaitReady(node);
        }
        cluster.awaitUp(cluster.node(1), 3);
        List.of(2, 3).forEach(number -> await().atMost(BALLAST_LONGEST).until(() -> hasBallast(cluster.node(number))));
    }

    private static boolean hasBallast(LocalNode node) {
        return Files.exists(node.folder().resolve("data").resolve("ballast"));
    }

    @AfterEach
    void unmount() throws IOException {
        for (LocalNode node : cluster.nodes()) {
            if (node.isAlive()) {
                node.kill();
            }
        }
        for (SmallDisk disk : disks) {
            disk.close();
        }
    }

    @Test
    void aFullMinorityIsNoEventAndAFullMajorityRefusesWritesUntilThereIsRoom() throws IOException {
        List<Long> pids = cluster.nodes().stream().map(LocalNode::pid).toList();
        write();
        disks.get(1).fill();
        writeUntilItIsNotAt(cluster.node(3));

        disks.get(0).fill();
        HttpResponse<Buffer> refused = writeUntil(507);
        assertEquals("none", KvClient.problem(refused).getString("outcome"));
        refusalsAreAsDocumented(refused);
        assertTrue(cluster.node(2).log().contains(FULL), cluster.node(2)::log);
        assertEveryAcknowledgedWriteIsThere();
        String deleted = acknowledged.keySet().iterator().next();
        assertEquals(
                204, cluster.client().delete(cluster.node(1), deleted).statusCode(), "deletes use the ballast's room");
        acknowledged.remove(deleted);

        disks.get(0).free();
        disks.get(1).free();
        await().atMost(Duration.ofSeconds(20)).until(() -> write() == 201);
        assertEveryAcknowledgedWriteIsThere();
        assertEquals(404, cluster.client().get(cluster.node(1), deleted).statusCode());
        await().until(() -> List.of(2, 3).stream()
                .allMatch(number -> cluster.node(number).log().contains(SPACE_AGAIN)));
        assertEquals(pids, cluster.nodes().stream().map(LocalNode::pid).toList(), "nobody was restarted");
        assertTrue(cluster.nodes().stream().allMatch(LocalNode::isAlive));
    }

    private void refusalsAreAsDocumented(HttpResponse<Buffer> refusedWrite) {
        ApiDocument document = ApiDocument.servedBy(cluster.client(), cluster.node(1));
        document.operation(HttpMethod.PUT, "/v1/kv/k").check("", refusedWrite);
        String checkpoint = "/v1/nodes/n2/checkpoint";
        HttpResponse<Buffer> answer = cluster.client()
                .send(cluster.client().request(HttpMethod.POST, cluster.node(2).httpPort(), checkpoint + "?name=one"));
        assertEquals(507, answer.statusCode(), () -> KvClient.describe(answer));
        document.operation(HttpMethod.POST, checkpoint).check("", answer);
    }

    private int write() {
        return writeOne().statusCode();
    }

    private HttpResponse<Buffer> writeOne() {
        String key = String.format("key-%05d", written++);
        HttpResponse<Buffer> answer = cluster.client().put(cluster.node(1), key, VALUE + key);
        if (answer.statusCode() == 201) {
            acknowledged.put(key, VALUE + key);
        }
        return answer;
    }

    private void writeUntilItIsNotAt(LocalNode node) {
        boolean everywhere = true;
        for (int left = WRITES_MAX; everywhere && left > 0; left--) {
            assertEquals(201, write());
            String key = String.format("key-%05d", written - 1);
            everywhere = cluster.client()
                    .replicas(cluster.node(1), key)
                    .stateOf(node)
                    .equals("value");
        }
        assertFalse(everywhere, node + " has room for everything");
    }

    /** A write that one replica took before the others said no is a 504. */
    private HttpResponse<Buffer> writeUntil(int status) {
        HttpResponse<Buffer> answer = writeOne();
        for (int left = WRITES_MAX; answer.statusCode() != status && left > 0; left--) {
            assertTrue(List.of(201, 504).contains(answer.statusCode()), KvClient.describe(answer));
            answer = writeOne();
        }
        assertEquals(status, answer.statusCode());
        return answer;
    }

    private void assertEveryAcknowledgedWriteIsThere() {
        acknowledged.forEach((key, value) ->
                assertEquals(value, cluster.client().get(cluster.node(1), key).bodyAsString(), key));
    }
}
