package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.linearizability.History;
import io.quorate.deploy.linearizability.LinearizabilityChecker;
import io.quorate.deploy.linearizability.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Concurrent clients on few keys while nodes are killed and paused, up to all of them, and come back. */
final class LinearizabilityIT {
    private static final int CLIENTS = 10;
    private static final int KEYS = 5;
    private static final int FAULTS = 8;
    private static final int STEPS_BETWEEN_FAULTS = 300;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private final History history = new History();

    @Test
    void theHistoryIsLinearizableUnderKillsAndPauses() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RegisterClients registers = new RegisterClients(cluster, history, KEYS, seed);
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, registers::step)) {
            clients.awaitFurther(STEPS_BETWEEN_FAULTS);
            for (int fault = 0; fault < FAULTS; fault++) {
                disturb(random, clients);
                clients.awaitFurther(STEPS_BETWEEN_FAULTS);
            }
            clients.stop();
        }
        Path file = Path.of("target/histories/kills-and-pauses-" + seed + ".jsonl");
        Files.createDirectories(file.getParent());
        history.write(file);

        LinearizabilityChecker.assertLinearizable(history);
        long done = history.operations().stream()
                .filter(operation -> operation.outcome() == Operation.Outcome.OK)
                .count();
        assertTrue(done > FAULTS * STEPS_BETWEEN_FAULTS / 4, "only " + done + " operations succeeded, seed " + seed);
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
