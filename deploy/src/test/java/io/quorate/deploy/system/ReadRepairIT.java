package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KeyReplicas;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LongHandoff;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("faults")
final class ReadRepairIT {
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree(LongHandoff.OPTIONS);

    @Test
    void aReadRepairsTheReplicaThatMissedTheWrite() {
        cluster.client().put(cluster.node(1), "k", "old");
        missByThree(() -> cluster.client().put(cluster.node(1), "k", "new"));
        assertTrue(replicas().isStale(cluster.node(3)), () -> replicas().json().encodePrettily());

        repairByReading("new");

        assertEquals("value", replicas().stateOf(cluster.node(3)));
        assertEquals(replicas().versionOf(cluster.node(1)), replicas().versionOf(cluster.node(3)));
    }

    @Test
    void aReadRepairsTheReplicaThatNeverHeardOfTheKey() {
        missByThree(() -> cluster.client().put(cluster.node(1), "k", "new"));
        assertEquals("absent", replicas().stateOf(cluster.node(3)));

        repairByReading("new");

        assertEquals("value", replicas().stateOf(cluster.node(3)));
    }

    @Test
    void aReadRepairsTheReplicaThatMissedTheDelete() {
        cluster.client().put(cluster.node(1), "k", "old");
        await().until(() -> "value".equals(replicas().stateOf(cluster.node(3))));
        missByThree(() -> cluster.client().delete(cluster.node(1), "k"));
        assertEquals("value", replicas().stateOf(cluster.node(3)));

        await().until(() -> {
            assertEquals(404, cluster.client().get(cluster.node(3), "k").statusCode());
            return !replicas().isStale(cluster.node(3));
        });
        assertEquals("tombstone", replicas().stateOf(cluster.node(3)));
    }

    /**
     * With n1 gone too, the one majority left includes the stale replica, so the read cannot do without repairing it.
     */
    @Test
    void aRepairThatAReadWaitedForShowsInItsEvidence() {
        missByThree(() -> cluster.client().put(cluster.node(1), "k", "new"));
        cluster.node(1).kill();
        cluster.awaitUp(cluster.node(2), 2);

        HttpResponse<Buffer> answer = cluster.client().get(cluster.node(2), "k");
        assertEquals("new", answer.bodyAsString(), () -> KvClient.describe(answer));
        assertEquals(
                "coordinator=n2; n=3; quorum=2; acked=n2,n3; repaired=n3; rounds=2",
                answer.getHeader("Quorate-Evidence"));
    }

    @Test
    void aLookAtTheReplicasRepairsNothing() {
        missByThree(() -> cluster.client().put(cluster.node(1), "k", "new"));

        for (int look = 0; look < 20; look++) {
            assertEquals("absent", replicas().stateOf(cluster.node(3)));
        }
    }

    private void missByThree(Runnable write) {
        cluster.node(3).kill();
        cluster.awaitUp(cluster.node(1), 2);
        LongHandoff.prepare(cluster.client(), cluster.node(1));
        write.run();
        cluster.startAndAwaitReady(cluster.node(3));
        cluster.awaitUp(cluster.node(1), 3);
        cluster.awaitUp(cluster.node(3), 3);
    }

    /** A read asks a majority. It goes through the stale node itself, so that this node is among those asked. */
    private void repairByReading(String expected) {
        await().until(() -> {
            HttpResponse<Buffer> answer = cluster.client().get(cluster.node(3), "k");
            assertEquals(expected, answer.bodyAsString());
            return !replicas().isStale(cluster.node(3));
        });
        assertFalse(replicas().isStale(cluster.node(3)));
    }

    private KeyReplicas replicas() {
        return cluster.client().replicas(cluster.node(1), "k");
    }
}
