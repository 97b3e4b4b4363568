package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that missed more keys than the others note. */
@Tag("faults")
final class HintOverflowIT {
    private static final int HINTS_MAX = 2_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree("hintsMax: " + HINTS_MAX + "\n");

    @Test
    void aNodeThatMissedTooMuchIsReportedUntilAllKeysAreCompared() throws InterruptedException {
        MissedKeys.miss(cluster, 2 * HINTS_MAX);
        JsonObject missed = MissedKeys.hintsFor(cluster);
        assertTrue(missed.getBoolean("overflowed"), missed::encode);
        assertTrue(missed.getLong("waiting") <= HINTS_MAX * 1.05, missed::encode);

        cluster.node(1).kill();
        cluster.startAndAwaitReady(cluster.node(1));
        await().atMost(MissedKeys.LONGEST)
                .until(() -> MissedKeys.hintsFor(cluster).getJsonArray("keptBy").contains("n1"));
        assertTrue(MissedKeys.hintsFor(cluster).getBoolean("overflowed"), "the rest is not noted anywhere");

        cluster.startAndAwaitReady(cluster.node(3));
        await("a pass over all keys")
                .atMost(MissedKeys.LONGEST.multipliedBy(3))
                .until(() -> !MissedKeys.isOverflowed(cluster));
    }
}
