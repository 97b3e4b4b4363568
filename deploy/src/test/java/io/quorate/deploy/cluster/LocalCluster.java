package io.quorate.deploy.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Nodes n1, n2, n3 as real processes on free ports, ready before the test begins and gone after it. As a field it is new
 * for each test; as a static field all tests of the class share it. A failing test shows the end of each node's log, and
 * its folders stay under {@code target/system-tests}.
 */
public final class LocalCluster
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                TestExecutionExceptionHandler {
    private static final Path FOLDERS = Path.of("target/system-tests").toAbsolutePath();
    private static final Duration START_LONGEST = Duration.ofSeconds(60);

    private final int size;
    private final String furtherOptions;
    private final List<LocalNode> nodes = new ArrayList<>();
    private final List<LocalCoordinator> coordinators = new ArrayList<>();
    private KvClient client;
    private Path folder;
    private boolean isShared;
    private boolean failed;

    private LocalCluster(int size, String furtherOptions) {
        this.size = size;
        this.furtherOptions = furtherOptions;
    }

    public static LocalCluster ofThree() {
        return new LocalCluster(3, "");
    }

    /** @param furtherOptions lines of YAML for every node's file */
    public static LocalCluster ofThree(String furtherOptions) {
        return new LocalCluster(3, furtherOptions);
    }

    public List<LocalNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node n1, n2 ... */
    public LocalNode node(int number) {
        return nodes.get(number - 1);
    }

    public KvClient client() {
        return client;
    }

    public Path folder() {
        return folder;
    }

    /** A coordinator without data beside the nodes; it is stopped with them. */
    public LocalCoordinator startCoordinator(String id) {
        return startCoordinator(id, Map.of());
    }

    /** As {@link #startCoordinator(String)}, with further variables in its environment. */
    public LocalCoordinator startCoordinator(String id, Map<String, String> environment) {
        LocalCoordinator coordinator =
                new LocalCoordinator(id, FreePorts.take(1).get(0), folder.resolve(id), nodes, environment);
        coordinators.add(coordinator);
        coordinator.start();
        awaitReady(coordinator.id(), coordinator.httpPort(), coordinator::isAlive);
        return coordinator;
    }

    /** Starts those of the nodes that do not run, and waits until they are ready. */
    public void startAndAwaitReady(LocalNode... which) {
        for (LocalNode node : which) {
            if (!node.isAlive()) {
                node.start();
            }
        }
        for (LocalNode node : which) {
            awaitReady(node);
        }
    }

    public void awaitReady(LocalNode node) {
        awaitReady(node.id(), node.httpPort(), node::isAlive);
    }

    /** Waits until a node knows that so many of the members are up, itself included. */
    public void awaitUp(LocalNode observer, int count) {
        await().atMost(START_LONGEST)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.cluster(observer).up() == count);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        isShared = true;
        start(context.getRequiredTestClass().getSimpleName());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!isShared) {
            start(context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getRequiredTestMethod().getName());
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failed = true;
        failure.addSuppressed(new NodeLogs(logs()));
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!isShared) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    private void start(String name) throws IOException {
        folder = FOLDERS.resolve(name);
        deleteTree(folder);
        Files.createDirectories(folder);
        client = new KvClient();
        List<Integer> ports = FreePorts.take(2 * size);
        for (int i = 0; i < size; i++) {
            String id = "n" + (i + 1);
            nodes.add(new LocalNode(id, ports.get(i), ports.get(size + i), folder.resolve(id)));
        }
        nodes.forEach(node -> node.configure(nodes, furtherOptions));
        try {
            startAndAwaitReady(nodes.toArray(LocalNode[]::new));
            nodes.forEach(node -> awaitUp(node, size));
        } catch (RuntimeException | Error e) {
            failed = true;
            e.addSuppressed(new NodeLogs(logs()));
            stop();
            throw e;
        }
    }

    private void stop() throws IOException {
        nodes.forEach(LocalNode::destroy);
        coordinators.forEach(LocalCoordinator::destroy);
        nodes.clear();
        coordinators.clear();
        client.close();
        if (!failed) {
            deleteTree(folder);
        }
        failed = isShared && failed;
    }

    private void awaitReady(String id, int httpPort, BooleanSupplier isAlive) {
        try {
            await().atMost(START_LONGEST).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (!isAlive.getAsBoolean()) {
                    throw new IllegalStateException(id + " ended before it was ready");
                }
                return client.isReady(httpPort);
            });
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(id + " was not ready within " + START_LONGEST, e);
        }
    }

    private String logs() {
        return nodes.stream().map(LocalNode::endOfLog).collect(Collectors.joining())
                + coordinators.stream().map(LocalCoordinator::endOfLog).collect(Collectors.joining())
                + "--- all of it is in " + folder;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Carries the nodes' logs into the report of a failed test. */
    private static final class NodeLogs extends Exception {
        private static final long serialVersionUID = 1L;

        NodeLogs(String logs) {
            super("what the nodes had to say\n" + logs, null, false, false);
        }
    }
}
