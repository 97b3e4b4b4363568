package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.wire.ProtocolRange;
import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalCoordinator;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.linearizability.Operation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A rolling upgrade under load, from the distribution of an earlier commit to the one of this build. Each node in turn
 * goes to the new one, with the data directory that it has. One goes back, and to the new one again. If a format of
 * files has changed, the earlier build has to refuse them instead. A coordinator without a disk of either distribution
 * works all along. In between, passes compare and repair, driven by old nodes and by new ones. New nodes forget
 * deletes, old ones keep them, as by their defaults. In the end nothing is left of a delete.
 *
 * <p>{@code scripts/upgrade} builds the distribution of the earlier commit, and runs this.
 */
@Tag("faults")
@EnabledIfSystemProperty(
        named = "upgrade.from",
        matches = ".+",
        disabledReason = "scripts/upgrade runs it, since it takes a distribution of an earlier commit")
final class UpgradeIT {
    private static final Path OLD = Path.of(System.getProperty("upgrade.from", ""));
    private static final boolean SECURED = Boolean.getBoolean("upgrade.secured");
    private static final boolean AT_ONCE = Boolean.getBoolean("upgrade.atOnce");
    private static final String RESULT = System.getProperty("upgrade.result", "target/upgrade.txt");

    /** A busy machine is no reason to take a node for dead. A build of long ago does not know the options. */
    private static final String OPTIONS = AT_ONCE ? "" : "silentMs: 5000\nrequestTimeoutMsMax: 6000\npurgeQuietMs: 0\n";

    /** Deletes are forgotten while the test runs. */
    private static final Map<String, String> OPTIONS_OF_NEW_NODES =
            Map.of("QUORATE_REQUEST_TIMEOUT_MS_MAX", "6000", "QUORATE_PURGE_QUIET_MS", "9000");

    private static final Pattern NEWER_FORMAT = Pattern.compile("has format \\d+ and this program knows \\d+ at most");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Set<Integer> EXIT_CODES_OF_SIGTERM = Set.of(0, 143);
    private static final int CLIENTS = 8;
    private static final int KEYS = 100;
    private static final int OPERATIONS = 1_000;

    @RegisterExtension
    final LocalCluster cluster =
            (SECURED ? LocalCluster.ofThreeSecured(OPTIONS) : LocalCluster.ofThree(OPTIONS)).running(OLD);

    private final List<LocalCoordinator> coordinators = new ArrayList<>();
    private final Set<LocalNode> upgraded = new HashSet<>();
    private final List<String> figures = new ArrayList<>();
    private RegisterClients registers;

    /** As {@code docs/operating.md} says: stop all, and start all. */
    @Test
    @EnabledIfSystemProperty(
            named = "upgrade.atOnce",
            matches = "true",
            disabledReason = "builds have a number in common")
    void allAtOnceLosesNothingAndTheHistoryIsLinearizable() throws IOException {
        registers = RegisterClients.patient(cluster, KEYS);
        runClients();
        cluster.nodes().forEach(LocalNode::terminate);
        for (LocalNode node : cluster.nodes()) {
            assertEnded(node);
            runsFromNextStart(node, Distribution.folder());
        }
        cluster.startAndAwaitReady(cluster.nodes().toArray(LocalNode[]::new));
        cluster.nodes().forEach(observer -> cluster.awaitUp(observer, 3));
        runClients();
        judge();
    }

    private void runClients() {
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(5 * OPERATIONS);
            clients.stop();
        }
    }

    private void judge() throws IOException {
        assertEquals(List.of(), registers.outages());
        registers.awaitAgreement();
        registers.judge("upgrade");
        await().atMost(LONGEST).until(this::isNothingLeftOfDeletes);
        Files.write(Path.of(RESULT), figures());
    }

    @Test
    @DisabledIfSystemProperty(named = "upgrade.atOnce", matches = "true", disabledReason = "builds refuse each other")
    void noRequestFailsAndTheHistoryIsLinearizable() throws IOException {
        await().atMost(LONGEST).until(() -> cluster.nodes().stream().allMatch(this::isFounded));
        if (!SECURED) {
            coordinators.add(cluster.startCoordinator("old", OLD));
            coordinators.add(cluster.startCoordinator("new"));
        }
        registers = RegisterClients.patient(cluster, KEYS);
        LocalNode goesBack = cluster.node(2);
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(OPERATIONS);
            for (LocalNode node : cluster.nodes()) {
                change(node, Distribution.folder(), clients);
            }
            goBackAndForth(goesBack, clients);
            clients.stop();
        }
        judge();
    }

    /** As {@code docs/operating.md} says: out of the balancer, SIGTERM, start, and on when all see it. */
    private void change(LocalNode node, Path distribution, ClosedLoop clients) {
        stop(node, clients);
        runsFromNextStart(node, distribution);
        goOn(node, distribution, clients);
    }

    private void goBackAndForth(LocalNode node, ClosedLoop clients) {
        stop(node, clients);
        runsFromNextStart(node, OLD);
        node.start();
        await().atMost(LONGEST).until(() -> !node.isAlive() || cluster.client().isReady(node.host(), node.httpPort()));
        if (node.isAlive()) {
            goOn(node, OLD, clients);
            change(node, Distribution.folder(), clients);
        } else {
            assertTrue(NEWER_FORMAT.matcher(node.log()).find(), node::log);
            figures.add(node + " not back to the old build, which refuses the format of its files");
            runsFromNextStart(node, Distribution.folder());
            goOn(node, Distribution.folder(), clients);
        }
    }

    private void stop(LocalNode node, ClosedLoop clients) {
        registers.through(
                cluster.nodes().stream().filter(other -> other != node).toList());
        node.terminate();
        assertEnded(node);
        clients.awaitFurther(OPERATIONS / 2);
    }

    private void goOn(LocalNode node, Path distribution, ClosedLoop clients) {
        long startNs = System.nanoTime();
        cluster.startAndAwaitReady(node);
        cluster.nodes().forEach(observer -> cluster.awaitUp(observer, 3));
        long tookMs = Duration.ofNanos(System.nanoTime() - startNs).toMillis();
        if (distribution.equals(OLD)) {
            upgraded.remove(node);
        } else {
            upgraded.add(node);
        }
        figures.add("%s to the %s build, with the others again after %d ms"
                .formatted(node, distribution.equals(OLD) ? "old" : "new", tookMs));
        registers.through(cluster.nodes());
        upgraded.forEach(this::assertNumbers);
        cluster.nodes()
                .forEach(driver ->
                        assertEquals(202, cluster.client().hurry(driver).statusCode()));
        coordinators.forEach(this::writeAndRead);
        clients.awaitFurther(OPERATIONS);
        cluster.nodes().forEach(each -> assertTrue(isFounded(each), each::log));
    }

    private static void assertEnded(LocalNode node) {
        int exitCode = node.awaitEnd(LONGEST);
        assertTrue(EXIT_CODES_OF_SIGTERM.contains(exitCode), () -> node + " ended with " + exitCode);
    }

    private static void runsFromNextStart(LocalNode node, Path distribution) {
        node.setDistribution(distribution);
        node.setVariables(distribution.equals(OLD) ? Map.of() : OPTIONS_OF_NEW_NODES);
    }

    /**
     * Of the commit before negotiation, old nodes speak the oldest number. Between later ones, both may be the newest.
     */
    private void assertNumbers(LocalNode observer) {
        for (LocalNode node : cluster.nodes()) {
            Optional<Integer> number = cluster.client().cluster(observer).protocolOf(node);
            if (node != observer && upgraded.contains(node)) {
                assertEquals(Optional.of(ProtocolRange.SPOKEN.newest()), number, observer + " to " + node);
            } else if (node != observer) {
                assertTrue(number.isPresent(), observer + " to " + node);
            }
        }
    }

    private void writeAndRead(LocalCoordinator coordinator) {
        String uri = KvClient.kv("through " + coordinator.id());
        Buffer value = Buffer.buffer(figures.toString());
        KvClient client = cluster.client();
        HttpResponse<Buffer> put = client.send(client.request(HttpMethod.PUT, coordinator.httpPort(), uri), value);
        assertTrue(put.statusCode() == 201 || put.statusCode() == 200, () -> KvClient.describe(put));
        HttpResponse<Buffer> get = client.send(client.request(HttpMethod.GET, coordinator.httpPort(), uri));
        assertEquals(value, get.body(), () -> KvClient.describe(get));
    }

    private boolean isFounded(LocalNode node) {
        return cluster.client().convergence(node).getJsonObject("founding").getBoolean("founded");
    }

    /** Each look asks for the next pass. */
    private boolean isNothingLeftOfDeletes() {
        cluster.nodes().forEach(cluster.client()::hurry);
        return cluster.nodes().stream()
                .map(cluster.client()::forgetting)
                .allMatch(forgetting -> forgetting.containsKey("upTo") && forgetting.getLong("tombstones", -1L) == 0);
    }

    private List<String> figures() {
        List<Operation> operations = registers.history().operations();
        long conditional =
                operations.stream().filter(each -> each.kind().isConditional()).count();
        long forgotten = cluster.nodes().stream()
                .mapToLong(node -> cluster.client().forgetting(node).getLong("forgotten"))
                .sum();
        figures.add("%d operations of %d clients on %d keys, %d of them conditional: linearizable"
                .formatted(operations.size(), CLIENTS, KEYS, conditional));
        figures.add("0 requests failed" + how());
        figures.add("%d deletes forgotten since the last starts, counted at each replica".formatted(forgotten));
        return figures;
    }

    private static String how() {
        if (AT_ONCE) {
            return " before all nodes stopped and after all had started";
        }
        return SECURED ? ", with TLS" : ", also through coordinators of both builds";
    }
}
