package io.quorate.deploy.cluster;

import static org.awaitility.Awaitility.await;

import io.quorate.deploy.fault.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Nodes n1, n2, n3 as real processes on free ports, ready before the test begins and gone after it. As a field it is
 * new for each test. As a static field, all tests of the class share it. A failing test shows the end of each node's
 * log, and its folders stay under {@code target/system-tests}.
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
    private final boolean inNamespaces;
    private final List<WrongClock> clocks;
    private final boolean secured;
    private final List<LocalNode> nodes = new ArrayList<>();
    private final List<LocalCoordinator> coordinators = new ArrayList<>();
    private KvClient client;
    private Optional<ClusterCertificates> certificates = Optional.empty();
    private Path folder;
    private boolean isShared;
    private Optional<String> layout = Optional.empty();
    private Path distribution = Distribution.folder();
    private NodeNetwork network;
    private Optional<String> obstacle = Optional.empty();
    private boolean failed;

    private LocalCluster(int size, String furtherOptions, boolean inNamespaces, List<WrongClock> clocks) {
        this(size, furtherOptions, inNamespaces, clocks, false);
    }

    private LocalCluster(
            int size, String furtherOptions, boolean inNamespaces, List<WrongClock> clocks, boolean secured) {
        this.secured = secured;
        this.size = size;
        this.furtherOptions = furtherOptions;
        this.inNamespaces = inNamespaces;
        this.clocks = clocks;
    }

    public static LocalCluster ofThree() {
        return ofThree("");
    }

    /** @param furtherOptions lines of YAML for every node's file */
    public static LocalCluster ofThree(String furtherOptions) {
        return new LocalCluster(3, furtherOptions, false, List.of());
    }

    /** Their folders are those of a local cluster that was started with faults. So {@link #inject} reaches them. */
    public static LocalCluster ofThreeWithFaults(String furtherOptions) {
        LocalCluster cluster = new LocalCluster(3, furtherOptions + "faultsFile: faults.json\n", false, List.of());
        cluster.layout = Optional.of("3 7000 7100\n");
        return cluster;
    }

    /** Of a cluster with faults: from now on, or from its next start on, the node has these, and no others. */
    public void inject(LocalNode node, Faults faults) {
        try {
            faults.write(node.folder().resolve("faults.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its nodes run another distribution than the one of this build, until they get another one. */
    public LocalCluster running(Path otherDistribution) {
        distribution = otherDistribution;
        return this;
    }

    /** With TLS between the nodes, and to clients. */
    public static LocalCluster ofThreeSecured(String furtherOptions) {
        return new LocalCluster(3, furtherOptions, false, List.of(), true);
    }

    /** Each in a network namespace of its own. Tests are skipped where that is not allowed. */
    public static LocalCluster ofThreeInNamespaces() {
        return new LocalCluster(3, "", true, List.of());
    }

    /** Each with a clock of its own. Tests are skipped where there is no libfaketime. */
    public static LocalCluster ofThreeWithClocks(
            String furtherOptions, WrongClock first, WrongClock second, WrongClock third) {
        return new LocalCluster(3, furtherOptions, false, List.of(first, second, third));
    }

    public List<LocalNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node n1, n2 ... */
    public LocalNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Of a cluster in namespaces. */
    public NodeNetwork network() {
        return network;
    }

    public KvClient client() {
        return client;
    }

    /** Of a secured cluster. */
    public ClusterCertificates certificates() {
        return certificates.orElseThrow();
    }

    /** Of a secured cluster: the client trusts the authorities that are in the bundle now. */
    public void reopenClient() {
        client.close();
        client = new KvClient(certificates().bundle(), certificates().token());
    }

    public Path folder() {
        return folder;
    }

    /** A coordinator without data beside the nodes. It is stopped with them. */
    public LocalCoordinator startCoordinator(String id) {
        return startCoordinator(id, Map.of());
    }

    /** As {@link #startCoordinator(String)}, with further variables in its environment. */
    public LocalCoordinator startCoordinator(String id, Map<String, String> environment) {
        return startCoordinator(id, environment, Distribution.folder());
    }

    /** As {@link #startCoordinator(String)}, of another distribution than the one of this build. */
    public LocalCoordinator startCoordinator(String id, Path otherDistribution) {
        return startCoordinator(id, Map.of(), otherDistribution);
    }

    private LocalCoordinator startCoordinator(String id, Map<String, String> environment, Path which) {
        LocalCoordinator coordinator =
                new LocalCoordinator(id, FreePorts.take(1).get(0), folder.resolve(id), nodes, environment, which);
        coordinators.add(coordinator);
        coordinator.start();
        awaitReady(coordinator.id(), coordinator::isAlive, () -> client.isReady(coordinator.httpPort()));
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
        awaitReady(node.id(), node::isAlive, () -> client.isReady(node.host(), node.httpPort()));
    }

    /** Waits until a node knows that so many of the members are up, itself included. */
    public void awaitUp(LocalNode observer, int count) {
        await().atMost(START_LONGEST)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.cluster(observer).up() == count);
    }

    /**
     * As {@link #awaitUp}, after a fault. Meanwhile the observer writes and reads a key. A node that was late counts as
     * slow until it has answered a few requests. Without requests, that is 10 seconds.
     */
    public void awaitUpAgain(LocalNode observer, int count) {
        await().atMost(START_LONGEST).pollInterval(Duration.ofMillis(20)).until(() -> {
            client.put(observer, "up again", "v");
            client.get(observer, "up again");
            return client.cluster(observer).up() == count;
        });
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        isShared = true;
        obstacle = prepare();
        if (obstacle.isEmpty()) {
            start(context.getRequiredTestClass().getSimpleName());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!isShared) {
            obstacle = prepare();
        }
        // Here also for a shared one: a class that is skipped as a whole is not counted.
        obstacle.ifPresent(why -> NodeNetwork.skip(context.getDisplayName() + " is not tried: " + why));
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

    /** Says what this machine lacks, if it does. */
    private Optional<String> prepare() {
        if (!clocks.isEmpty()) {
            return WrongClock.obstacle();
        }
        try {
            network = inNamespaces ? NodeNetwork.create(size) : null;
            return Optional.empty();
        } catch (NodeNetwork.UnavailableException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void start(String name) throws IOException {
        folder = FOLDERS.resolve(name);
        deleteTree(folder);
        Files.createDirectories(folder);
        if (layout.isPresent()) {
            Files.writeString(folder.resolve("layout"), layout.get());
        }
        certificates = secured ? Optional.of(new ClusterCertificates(folder.resolve("certs"))) : Optional.empty();
        client = certificates
                .map(made -> new KvClient(made.bundle(), made.token()))
                .orElseGet(KvClient::new);
        List<Integer> ports = FreePorts.take(2 * size);
        for (int i = 0; i < size; i++) {
            nodes.add(newNode(i + 1, ports.get(i), ports.get(size + i)));
        }
        nodes.forEach(node -> node.setDistribution(distribution));
        for (int i = 0; i < clocks.size(); i++) {
            nodes.get(i).setClock(clocks.get(i));
        }
        nodes.forEach(node -> node.configure(nodes, furtherOptions + certified(node)));
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

    private String certified(LocalNode node) {
        certificates.ifPresent(made -> made.issue(node.id()));
        return certificates.map(made -> made.options(node.id())).orElse("");
    }

    private LocalNode newNode(int number, int httpPort, int peerPort) {
        String id = "n" + number;
        Path place = folder.resolve(id);
        return network == null
                ? new LocalNode(id, httpPort, peerPort, place)
                : new LocalNode(id, network.address(number), httpPort, peerPort, place, network.prefix(number));
    }

    private void stop() throws IOException {
        if (obstacle.isPresent()) {
            return;
        }
        nodes.forEach(LocalNode::destroy);
        clocks.forEach(WrongClock::stop);
        coordinators.forEach(LocalCoordinator::destroy);
        nodes.clear();
        coordinators.clear();
        client.close();
        if (network != null) {
            network.close();
        }
        if (!failed) {
            deleteTree(folder);
        }
        failed = isShared && failed;
    }

    private static void awaitReady(String id, BooleanSupplier isAlive, BooleanSupplier isReady) {
        try {
            await().atMost(START_LONGEST).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (!isAlive.getAsBoolean()) {
                    throw new IllegalStateException(id + " ended before it was ready");
                }
                return isReady.getAsBoolean();
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
