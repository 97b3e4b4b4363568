package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KeyReplicas;
import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that was away gets what it missed, and no client reads. */
@Tag("faults")
final class HintedHandoffIT {
    private static final int KEYS = 20_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aNodeThatWasAwayGetsEveryKeyThatItMissed() throws InterruptedException {
        MissedKeys.miss(cluster, KEYS);
        JsonObject missed = MissedKeys.hintsFor(cluster);
        assertTrue(missed.getLong("waiting") > KEYS * 0.97 && missed.getLong("waiting") < KEYS * 1.03, missed::encode);
        assertFalse(missed.getBoolean("overflowed"), missed::encode);
        assertTrue(missed.containsKey("oldest"), missed::encode);

        cluster.startAndAwaitReady(cluster.node(3));
        MissedKeys.awaitNothingWaits(cluster);

        AtomicInteger stale = new AtomicInteger();
        MissedKeys.forEachKey(KEYS, key -> {
            KeyReplicas replicas = cluster.client().replicas(cluster.node(1), "key-" + key);
            if (replicas.isStale(cluster.node(3))
                    || !replicas.stateOf(cluster.node(3)).equals("value")) {
                stale.incrementAndGet();
            }
        });
        assertEquals(0, stale.get(), "keys that n3 lacks or has an older version of");
    }
}
