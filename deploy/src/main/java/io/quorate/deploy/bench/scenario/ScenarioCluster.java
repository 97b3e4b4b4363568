package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.process.ProcessorShare;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.fault.FaultOrder;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeProcess;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Ports;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.local.process.Signals;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The cluster of a scenario: fresh nodes in a folder of their own. They end with this process. */
public final class ScenarioCluster implements AutoCloseable {
    private static final long WAIT_MS = 60_000;
    private static final int PLACES = 20;
    private static final int PLACE_PORTS = 200;
    private static final int PEERS_ABOVE_HTTP = 100;

    private final ClusterFolder folder;
    private final Launcher launcher;
    private final Reporter reporter;
    private final boolean kept;

    private ScenarioCluster(ClusterFolder folder, Launcher launcher, Reporter reporter, boolean kept) {
        this.folder = folder;
        this.launcher = launcher;
        this.reporter = reporter;
        this.kept = kept;
    }

    /**
     * Starts the nodes, and returns when they are ready.
     *
     * @param home the folder, or empty for a temporary one
     * @param kept whether the folder stays when the cluster is closed
     */
    public static ScenarioCluster start(ClusterPlan plan, Optional<Path> home, boolean kept, Reporter reporter)
            throws IOException, LocalClusterException {
        Path path = home.isPresent() ? home.get() : Files.createTempDirectory("quorate-bench");
        ClusterFolder folder = ClusterFolder.create(path, layout(plan.nodes()));
        if (folder.isCreated()) {
            throw LocalClusterException.usage("there is a cluster in " + folder.home() + "; name another folder");
        }
        Launcher launcher = new Launcher(Map.of("QUORATE_MEMORY_MIB", Integer.toString(plan.memoryMib())));
        ScenarioCluster cluster = new ScenarioCluster(folder, launcher, reporter, kept);
        folder.createIfMissing();
        folder.setOwner(NodeProcess.of(ProcessHandle.current().pid()));
        for (NodeFolder node : folder.nodes()) {
            node.configure(folder.layout(), folder.isSecured());
            Files.writeString(node.configuration(), lines(plan.options()), StandardOpenOption.APPEND);
        }
        cluster.starting().run(folder.nodes(), true);
        cluster.yieldToGenerator();
        return cluster;
    }

    private static String lines(Map<String, String> options) {
        StringBuilder lines = new StringBuilder();
        options.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }

    private static PortLayout layout(int nodes) {
        PortLayout first = layoutAt(nodes, PortLayout.DEFAULT.httpPortBase());
        return IntStream.range(0, PLACES)
                .mapToObj(place -> layoutAt(nodes, first.httpPortBase() + place * PLACE_PORTS))
                .filter(layout -> Ports.taken(layout, layout.nodes()).isEmpty())
                .findFirst()
                .orElse(first);
    }

    private static PortLayout layoutAt(int nodes, int httpPortBase) {
        return new PortLayout(nodes, httpPortBase, httpPortBase + PEERS_ABOVE_HTTP);
    }

    public List<Endpoint> endpoints() {
        return folder.layout().nodes().stream()
                .map(node -> new Endpoint(PortLayout.HOST, folder.layout().httpPort(node)))
                .toList();
    }

    /** Returns when the action has had its effect. */
    void perform(ClusterAction action) throws IOException, LocalClusterException {
        if (action.node().isEmpty() && action.kind() == FaultKind.RESTART) {
            new Signals(reporter).stop(folder.nodes(), WAIT_MS);
            starting().run(folder.nodes());
        } else if (action.node().isEmpty() && action.kind() == FaultKind.START) {
            starting().run(folder.nodes());
        } else {
            FaultOrder.of(action.kind(), chosen(action.node()), chosen(action.peer()), action.ms())
                    .carryOut(folder, launcher, reporter, WAIT_MS);
        }
        yieldToGenerator();
    }

    private void yieldToGenerator() throws IOException {
        for (long pid : pids()) {
            ProcessorShare.yieldToGenerator(pid);
        }
    }

    /** The folder of all its nodes. */
    public Path home() {
        return folder.home();
    }

    /** Of the nodes that run. */
    public List<Long> pids() {
        return folder.nodes().stream()
                .flatMap(node -> node.process().stream())
                .map(NodeProcess::pid)
                .toList();
    }

    public void kill(String node) throws IOException, LocalClusterException {
        perform(new ClusterAction(FaultKind.KILL, Optional.of(node), Optional.empty(), 0));
    }

    /** Kills all nodes, one right after the other. */
    public void killAll() throws IOException, LocalClusterException {
        for (NodeFolder node : folder.nodes()) {
            kill(node.id().toString());
        }
    }

    /** Starts the nodes that do not run, and returns when they are ready. */
    public void startAll() throws IOException, LocalClusterException {
        perform(new ClusterAction(FaultKind.START, Optional.empty(), Optional.empty(), 0));
    }

    private Optional<NodeFolder> chosen(Optional<String> name) throws LocalClusterException {
        return name.isPresent() ? Optional.of(folder.choose(name.get())) : Optional.empty();
    }

    private StartNodes starting() {
        return new StartNodes(folder, launcher, reporter, WAIT_MS);
    }

    int nodesDown() {
        return (int) folder.nodes().stream().filter(node -> !node.isRunning()).count();
    }

    @Override
    public void close() throws IOException, LocalClusterException {
        List<NodeFolder> running =
                folder.nodes().stream().filter(NodeFolder::isRunning).toList();
        new Signals(reporter).stop(running, WAIT_MS);
        if (kept) {
            reporter.report("the nodes' data and logs are in " + folder.home());
        } else {
            FolderTree.delete(folder.home());
        }
    }
}
