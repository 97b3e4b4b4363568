package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nodes whose {@code valueBytesMax} differs. Each judges new values by its own limit, and reads and keeps all others.
 */
final class DifferentLimitsIT {
    private static final Buffer LONG_VALUE = Buffer.buffer(new byte[500_000]);

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aLowerLimitRefusesNewValuesAndHidesNone() {
        assertStatus(201, cluster.client().put(cluster.node(1), "long", LONG_VALUE));
        for (int number : new int[] {2, 3}) {
            LocalNode node = cluster.node(number);
            node.kill();
            node.setVariables(Map.of("QUORATE_VALUE_BYTES_MAX", "1000"));
            cluster.startAndAwaitReady(node);
        }
        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));

        assertStatus(413, cluster.client().put(cluster.node(2), "new", LONG_VALUE));
        for (int i = 0; i < 20; i++) {
            assertStatus(201, cluster.client().put(cluster.node(1), "new" + i, LONG_VALUE));
            for (LocalNode node : cluster.nodes()) {
                HttpResponse<Buffer> read = cluster.client().get(node, i % 2 == 0 ? "long" : "new" + i);
                assertStatus(200, read);
                assertEquals(LONG_VALUE, read.body());
                assertStatus(i == 0 ? 201 : 200, cluster.client().put(node, "short-" + node, "v"));
            }
        }
        for (LocalNode node : cluster.nodes()) {
            assertEquals(
                    0,
                    node.log().lines().filter(line -> line.contains("frame of")).count(),
                    node::log);
        }
    }

    private static void assertStatus(int expected, HttpResponse<Buffer> answer) {
        assertEquals(expected, answer.statusCode(), () -> KvClient.describe(answer));
    }
}
