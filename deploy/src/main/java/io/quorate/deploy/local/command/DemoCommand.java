package io.quorate.deploy.local.command;

import io.quorate.common.placement.Placement;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import io.quorate.deploy.local.folder.NodeProcess;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.folder.Waiting;
import io.quorate.deploy.local.process.ClusterSecurity;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Ports;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.local.process.Signals;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Runs a throw-away cluster of real processes until Ctrl-C, which leaves nothing behind.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0, 130 or 143:the cluster ran until a signal ended it",
            "1:it did not start, and nothing is left of it",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Faults can be injected, by the console and by 'quorate cluster' with the --home that is shown. If the demo "
                    + "itself is killed, its nodes end too. The folder then stays in the temporary directory.",
            "",
            "Examples:",
            "  quorate demo",
            "  quorate demo --secure",
            "  quorate demo --nodes 5 --port-base 9000"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int PEERS_ABOVE_HTTP = PortLayout.DEFAULT.peerPortBase() - PortLayout.DEFAULT.httpPortBase();

    /** A demo looks for free ports at so many places, so many ports apart. */
    private static final int PLACES = 20;

    private static final int PLACE_PORTS = 200;

    private static final long START_MS = 60_000;
    private static final long STOP_MS = 10_000;
    private static final long POLL_MS = 200;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "1 to 7; default: ${DEFAULT-VALUE}")
    private int nodes;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description =
                    "n1 answers HTTP on the port after this one, and its peers a hundred further on; default: 7000, or"
                            + " where ports are free")
    private Integer portBase;

    @Option(names = "--secure", description = "make an authority and certificates, and speak TLS")
    private boolean secure;

    @Spec
    private CommandSpec spec;

    /** True once this process ends: nodes that stop from then on are expected to. */
    private volatile boolean ending;

    @Override
    public Integer call() throws IOException {
        Reporter reporter = new TerminalReporter(spec.commandLine());
        try {
            check();
            Path home = Files.createTempDirectory("quorate-demo");
            ClusterFolder cluster = ClusterFolder.create(home, layout());
            Thread cleanUp = new Thread(() -> cleanUp(cluster, reporter), "clean-up");
            Runtime.getRuntime().addShutdownHook(cleanUp);
            if (secure) {
                ClusterSecurity.create(cluster);
            }
            cluster.setOwner(NodeProcess.of(ProcessHandle.current().pid()));
            new StartNodes(cluster, new Launcher(), reporter, START_MS).run(cluster.nodes(), true);
            new FirstSteps(cluster, ClusterWords.at(home)).print(cluster.nodes(), true, reporter);
            reporter.report("Ctrl-C ends it and removes " + home);
            watch(cluster, reporter);
            return CommandLine.ExitCode.OK;
        } catch (LocalClusterException e) {
            reporter.warn(e.getMessage());
            return e.isUsage() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void check() throws LocalClusterException {
        if (nodes < 1 || nodes > Placement.MEMBERS_MAX) {
            throw LocalClusterException.usage("--nodes is " + nodes + "; allowed: 1 to " + Placement.MEMBERS_MAX);
        }
        if (portBase != null && (portBase < 1 || portBase > PortLayout.PORT_BASE_MAX)) {
            throw LocalClusterException.usage(
                    "--port-base is " + portBase + "; allowed: 1 to " + PortLayout.PORT_BASE_MAX);
        }
    }

    /** The ports that the user named, or else the first place where all ports are free. */
    private PortLayout layout() {
        PortLayout first = layout(portBase == null ? PortLayout.DEFAULT.httpPortBase() : portBase);
        return portBase != null
                ? first
                : IntStream.range(0, PLACES)
                        .mapToObj(place -> layout(first.httpPortBase() + place * PLACE_PORTS))
                        .filter(layout -> Ports.taken(layout, layout.nodes()).isEmpty())
                        .findFirst()
                        .orElse(first); // the start reports which processes have the ports
    }

    private PortLayout layout(int httpPortBase) {
        return new PortLayout(nodes, httpPortBase, httpPortBase + PEERS_ABOVE_HTTP);
    }

    /** Until a signal ends this process. */
    private void watch(ClusterFolder cluster, Reporter reporter) {
        Map<NodeFolder, ProcessState> known = new HashMap<>();
        cluster.nodes().forEach(node -> known.put(node, ProcessState.RUNNING));
        while (!Waiting.until(POLL_MS, () -> false)) {
            for (NodeFolder node : cluster.nodes()) {
                ProcessState now = node.state();
                ProcessState before = known.put(node, now);
                if (before != now && !ending) {
                    reporter.report(node.id() + " is " + describe(now, cluster));
                }
            }
        }
    }

    private static String describe(ProcessState state, ClusterFolder cluster) {
        return switch (state) {
            case RUNNING -> "running again";
            case PAUSED -> "paused";
            case DOWN ->
                "down; the console brings it back, or: "
                        + ClusterWords.at(cluster.home()).line("start");
        };
    }

    private void cleanUp(ClusterFolder cluster, Reporter reporter) {
        ending = true;
        try {
            reporter.report("stopping " + ClusterFolder.names(cluster.nodes()) + " ...");
            List<NodeFolder> running =
                    cluster.nodes().stream().filter(NodeFolder::isRunning).toList();
            new Signals(reporter).stop(running, STOP_MS);
            FolderTree.delete(cluster.home());
        } catch (IOException | LocalClusterException e) {
            reporter.warn("not everything could be cleaned up: " + e.getMessage() + "; see " + cluster.home());
        }
    }
}
