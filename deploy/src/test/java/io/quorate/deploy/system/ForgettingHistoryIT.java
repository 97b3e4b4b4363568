package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.NoAnswerException;
import io.quorate.deploy.fault.Faults;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients on some hundred keys, while nodes are killed, paused, cut off and set to another time, and passes forget
 * deletes every second. Each round has keys of its own, and its history must be linearizable. {@code scripts/history}
 * runs it for longer.
 */
@Tag("faults")
final class ForgettingHistoryIT {
    private static final int CLIENTS = 8;

    /** So many that most are left alone for some seconds. A delete that is younger is not forgotten. */
    private static final int KEYS = 400;

    private static final int FAULTS_PER_ROUND = 6;
    private static final int STEPS_BETWEEN_FAULTS = 250;
    private static final long TIMEOUT_MS = 500;
    private static final long CLIENT_TIMEOUT_MS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long SECONDS = Long.getLong("history.seconds", 10);
    private static final String RESULT = System.getProperty("history.result", "target/history.txt");

    /** The least that is allowed. */
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThreeWithFaults("requestTimeoutMsMax: 2000\npurgeQuietMs: 3000\n");

    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Long> forgottenBefore = new HashMap<>();
    private long forgotten;
    private Random random = new Random();

    @Test
    void theHistoryIsLinearizableWhilePassesForgetDeletesAndNodesFail() throws IOException {
        cluster.nodes().forEach(node -> await().atMost(PATIENCE).until(() -> isFounded(node)));
        passes.scheduleAtFixedRate(this::pass, 1, 1, TimeUnit.SECONDS);
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            do {
                round();
            } while (System.nanoTime() < endNs);
            await().atMost(PATIENCE).untilAsserted(this::allIsForgotten);
        } finally {
            passes.shutdownNow();
        }
        countForgotten();
        assertTrue(forgotten > 0, "nothing was forgotten");
        write();
    }

    private void round() throws IOException {
        RegisterClients registers = new RegisterClients(cluster, KEYS, TIMEOUT_MS, CLIENT_TIMEOUT_MS);
        random = new Random(registers.seed());
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(STEPS_BETWEEN_FAULTS);
            for (int fault = 0; fault < FAULTS_PER_ROUND; fault++) {
                disturb(clients);
                clients.awaitFurther(STEPS_BETWEEN_FAULTS);
            }
            clients.stop();
        }
        cluster.nodes().forEach(node -> cluster.inject(node, Faults.NONE));
        registers.judge("forgetting");
        counts.merge("rounds", 1, Integer::sum);
        counts.merge("operations", registers.history().operations().size(), Integer::sum);
        countForgotten();
    }

    private void disturb(ClosedLoop clients) {
        LocalNode victim = cluster.node(1 + random.nextInt(3));
        LocalNode other = cluster.node(1 + random.nextInt(3));
        switch (random.nextInt(5)) {
            case 0 -> {
                count("kills");
                countForgotten();
                victim.kill();
                clients.awaitFurther(STEPS_BETWEEN_FAULTS / 2);
                healAllBut(victim);
                cluster.startAndAwaitReady(victim);
            }
            case 1 -> {
                count("pauses");
                victim.pause();
                clients.awaitFurther(CLIENTS);
                victim.resume();
            }
            case 2 -> {
                count("cuts");
                cluster.inject(victim, Faults.NONE.withCut(new NodeId(other.id())));
            }
            case 3 -> {
                count("clocks set");
                cluster.inject(victim, Faults.NONE.withSkewMs(random.nextInt(20_000) - 10_000));
            }
            default -> {
                count("heals");
                cluster.nodes().forEach(node -> cluster.inject(node, Faults.NONE));
            }
        }
    }

    /** A node that its own faults and those of the others cut off from both of them would never be ready. */
    private void healAllBut(LocalNode victim) {
        cluster.nodes().stream().filter(node -> node != victim).forEach(node -> cluster.inject(node, Faults.NONE));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** A node that does not run, or is cut off, has no pass of its own. */
    private void pass() {
        for (LocalNode node : cluster.nodes()) {
            try {
                cluster.client().hurry(node);
            } catch (NoAnswerException e) {
                continue;
            }
        }
    }

    private boolean isFounded(LocalNode node) {
        return cluster.client().convergence(node).getJsonObject("founding").getBoolean("founded");
    }

    private void allIsForgotten() {
        for (LocalNode node : cluster.nodes()) {
            JsonObject forgetting = cluster.client().forgetting(node);
            assertTrue(
                    forgetting.getJsonArray("blocked").isEmpty() && forgetting.getLong("tombstones", -1L) == 0,
                    () -> node + ": " + cluster.client().convergence(node).encode());
        }
    }

    /** A process counts from its start on. */
    private void countForgotten() {
        for (LocalNode node : cluster.nodes()) {
            try {
                long now = cluster.client().forgetting(node).getLong("forgotten");
                long before = forgottenBefore.getOrDefault(node.id(), 0L);
                forgotten += now < before ? now : now - before;
                forgottenBefore.put(node.id(), now);
            } catch (NoAnswerException e) {
                count("nodes that did not say what they forgot");
            }
        }
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(SECONDS + " s, and the rest of the last round, on "
                + cluster.nodes().size() + " nodes");
        counts.forEach((what, count) -> lines.add("%10d  %s".formatted(count, what)));
        lines.add("%10d  keys forgotten, counted at each replica".formatted(forgotten));
        Files.write(Path.of(RESULT), lines);
    }
}
