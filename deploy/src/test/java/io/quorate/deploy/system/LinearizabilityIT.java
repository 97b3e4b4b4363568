package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.linearizability.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Concurrent clients on few keys while nodes are killed and paused, up to all of them, and come back. */
@Tag("faults")
final class LinearizabilityIT {
    private static final int CLIENTS = 10;
    private static final int KEYS = 5;
    private static final int FAULTS = 8;
    private static final int STEPS_BETWEEN_FAULTS = 300;
    private static final long TIMEOUT_MS = 500;

    /** Longer than the server's own deadline, and still not long with paused nodes. */
    private static final long CLIENT_TIMEOUT_MS = 1_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void theHistoryIsLinearizableUnderKillsAndPauses() throws IOException {
        RegisterClients registers = new RegisterClients(cluster, KEYS, TIMEOUT_MS, CLIENT_TIMEOUT_MS);
        Random random = new Random(registers.seed());
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(STEPS_BETWEEN_FAULTS);
            for (int fault = 0; fault < FAULTS; fault++) {
                disturb(random, clients);
                clients.awaitFurther(STEPS_BETWEEN_FAULTS);
            }
            clients.stop();
        }
        registers.judge("kills-and-pauses");
        long done = registers.history().operations().stream()
                .filter(operation -> operation.outcome() == Operation.Outcome.OK)
                .count();
        assertTrue(
                done > FAULTS * STEPS_BETWEEN_FAULTS / 4,
                "only " + done + " operations succeeded, seed " + registers.seed());
    }

    private void disturb(Random random, ClosedLoop clients) {
        List<LocalNode> shuffled = new ArrayList<>(cluster.nodes());
        Collections.shuffle(shuffled, random);
        List<LocalNode> victims = shuffled.subList(0, 1 + random.nextInt(3));
        if (random.nextBoolean()) {
            victims.forEach(LocalNode::kill);
            clients.awaitFurther(STEPS_BETWEEN_FAULTS / 4);
            victims.forEach(LocalNode::start);
            victims.forEach(cluster::awaitReady);
        } else {
            victims.forEach(LocalNode::pause);
            clients.awaitFurther(CLIENTS);
            victims.forEach(LocalNode::resume);
        }
    }
}
