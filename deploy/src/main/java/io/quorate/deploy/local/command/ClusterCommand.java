package io.quorate.deploy.local.command;

import io.quorate.deploy.local.fault.FaultOrder;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.local.process.Signals;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** One method for each thing that can be done to a local cluster; none of them knows more than its folder does. */
@Command(
        name = "cluster",
        description = "Runs a local cluster of real processes, to try and to break.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SkewCommand.class, CommandLine.HelpCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused or failed; of status: no node is ready",
            "2:the command makes no sense, nothing was tried"
        },
        footer = {
            "",
            "Nodes are n1, n2, n3: HTTP on 127.0.0.1:7001-7003, between each other on 7101-7103.",
            "",
            "Environment, used when the cluster is made and remembered in its folder:",
            "  QUORATE_NODES            how many nodes, 1 to 7 (3)",
            "  QUORATE_HTTP_PORT_BASE   n1 answers HTTP on the port after this one (7000)",
            "  QUORATE_PEER_PORT_BASE   n1 listens for its peers on the port after this one (7100)",
            "Environment, used each time:",
            "  QUORATE_HOME             the folder of the cluster (.quorate)",
            "  QUORATE_WAIT_SECONDS     how long to wait for a node to become ready, or to stop (30)",
            "",
            "Examples:",
            "  quorate cluster start --faults",
            "  quorate cluster kill n3              and go on writing",
            "  quorate cluster cut n1 n2            they no longer hear each other; n3 hears both",
            "  quorate cluster heal"
        })
public final class ClusterCommand {
    private static final String NODES_OR_ALL = "n1, n2 ...; without: all of them";

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "${env:QUORATE_HOME:-.quorate}",
            description = "the folder of the cluster (default: ${DEFAULT-VALUE})")
    private Path home;

    @Option(
            names = "--wait-seconds",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            hidden = true,
            defaultValue = "${env:QUORATE_WAIT_SECONDS:-30}")
    private int waitSeconds;

    @Spec
    private CommandSpec spec;

    @Command(
            description = "Starts what does not run, and waits until it is ready.",
            mixinStandardHelpOptions = true,
            footer = {"", "A cluster of which no node runs starts without the faults that it was left with."})
    int start(
            @Option(
                            names = "--faults",
                            negatable = true,
                            description =
                                    "allow faults of nodes by cut, slow and skew, and by the console, until all of"
                                            + " them are stopped; by default as it was the last time")
                    Boolean faults,
            @Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> start(cluster, cluster.choose(orAll(names)), faults));
    }

    @Command(
            description = "SIGTERM: finish requests in flight, close cleanly; SIGKILL if that takes too long.",
            mixinStandardHelpOptions = true)
    int stop(@Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> signals().stop(cluster.choose(orAll(names)), waitMs()));
    }

    @Command(description = "Stops, then starts.", mixinStandardHelpOptions = true)
    int restart(
            @Option(names = "--faults", negatable = true, description = "as of start") Boolean faults,
            @Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> {
            List<NodeFolder> chosen = cluster.choose(orAll(names));
            signals().stop(chosen, waitMs());
            start(cluster, chosen, faults);
        });
    }

    @Command(
            description = "One line for each node, and how many more the cluster can lose.",
            mixinStandardHelpOptions = true)
    int status() {
        return run(cluster -> {
            if (!new StatusTable(cluster).print(reporter())) {
                throw LocalClusterException.failed("");
            }
        });
    }

    @Command(description = "SIGKILL: gone at once, as in a crash.", mixinStandardHelpOptions = true)
    int kill(@Parameters(paramLabel = "NODE", arity = "1..*") List<String> names) {
        return run(cluster -> signals().kill(cluster.choose(names)));
    }

    @Command(
            description = "SIGSTOP: the process keeps its connections and answers nobody.",
            mixinStandardHelpOptions = true)
    int pause(@Parameters(paramLabel = "NODE", arity = "1..*") List<String> names) {
        return run(cluster -> signals().pause(cluster.choose(names)));
    }

    @Command(description = "SIGCONT: goes on after a pause.", mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> signals().resume(cluster.choose(orAll(names))));
    }

    @Command(
            description = "Drops everything between two nodes, both ways, without closing a connection.",
            mixinStandardHelpOptions = true)
    int cut(@Parameters(paramLabel = "NODE") String one, @Parameters(paramLabel = "NODE") String other) {
        return inject(FaultKind.CUT, Optional.of(one), Optional.of(other), 0);
    }

    @Command(description = "Makes everything late that a node sends to others.", mixinStandardHelpOptions = true)
    int slow(
            @Parameters(paramLabel = "NODE") String node,
            @Parameters(paramLabel = "BY", converter = SignedDuration.Converter.class, description = "50ms; 0 ends it")
                    SignedDuration by) {
        return inject(FaultKind.SLOW, Optional.of(node), Optional.empty(), by.ms());
    }

    @Command(description = "Ends cut, slow and skew, and resumes what is paused.", mixinStandardHelpOptions = true)
    int heal(@Parameters(paramLabel = "NODE", arity = "0..1", description = NODES_OR_ALL) String node) {
        return inject(FaultKind.HEAL, Optional.ofNullable(node), Optional.empty(), 0);
    }

    @Command(description = "Removes the data, configuration and logs of all nodes.", mixinStandardHelpOptions = true)
    int wipe(@Option(names = "--yes", description = "stops running ones first, instead of refusing") boolean yes) {
        return run(cluster -> {
            List<NodeFolder> running =
                    cluster.nodes().stream().filter(NodeFolder::isRunning).toList();
            if (!running.isEmpty() && !yes) {
                throw LocalClusterException.failed(ClusterFolder.names(running)
                        + " still running: 'stop' first, or 'wipe --yes'; nothing was removed");
            }
            signals().stop(running, waitMs());
            wipe(cluster);
        });
    }

    private void wipe(ClusterFolder cluster) throws IOException {
        List<NodeFolder> found =
                cluster.nodes().stream().filter(NodeFolder::exists).toList();
        if (found.isEmpty()) {
            reporter().say("nothing to remove in " + cluster.home());
        } else {
            reporter()
                    .say("removing data, configuration and logs of " + ClusterFolder.names(found) + " in "
                            + cluster.home());
        }
        for (NodeFolder node : found) {
            FolderTree.delete(node.path());
        }
        cluster.forget();
    }

    private void start(ClusterFolder cluster, List<NodeFolder> chosen, Boolean faults)
            throws IOException, LocalClusterException {
        boolean allowed = faults == null ? cluster.allowsFaults() : faults;
        List<NodeFolder> started = new StartNodes(cluster, new Launcher(), reporter(), waitMs()).run(chosen, allowed);
        if (started.isEmpty()) {
            if (chosen.stream().allMatch(node -> node.state() == NodeFolder.ProcessState.RUNNING)) {
                reporter().say("already running: " + ClusterFolder.names(chosen));
            }
            return;
        }
        new FirstSteps(cluster).print(started, reporter());
        reporter()
                .say("  " + self() + " kill " + started.get(started.size() - 1).id() + "    # and go on writing");
        if (allowed) {
            reporter()
                    .say("faults are on: also '" + self() + " cut n1 n2', 'slow n2 50ms', 'skew n2 +5s', 'heal', and in"
                            + " the console");
        }
    }

    int inject(FaultKind kind, Optional<String> node, Optional<String> peer, long ms) {
        return run(cluster -> {
            if (!cluster.isMade()) {
                throw LocalClusterException.failed(
                        "there is no cluster in " + cluster.home() + "; 'start --faults' makes one");
            }
            Optional<NodeFolder> first = node.isPresent() ? Optional.of(cluster.choose(node.get())) : Optional.empty();
            Optional<NodeFolder> second = peer.isPresent() ? Optional.of(cluster.choose(peer.get())) : Optional.empty();
            FaultOrder.of(kind, first, second, ms).carryOut(cluster, new Launcher(), reporter(), waitMs());
        });
    }

    private interface Action {
        void run(ClusterFolder cluster) throws IOException, LocalClusterException;
    }

    private int run(Action action) {
        try {
            if (waitSeconds < 1) {
                throw LocalClusterException.usage("QUORATE_WAIT_SECONDS is " + waitSeconds + "; allowed: 1 or more");
            }
            action.run(ClusterFolder.at(home, System.getenv()));
            return CommandLine.ExitCode.OK;
        } catch (LocalClusterException e) {
            if (!e.getMessage().isEmpty()) {
                reporter().complain(e.getMessage());
            }
            return e.isUsage() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            reporter().complain(e + ". What was done until then stays; 'status' shows it");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** What the user typed. */
    private static String self() {
        return System.getenv().getOrDefault("QUORATE_COMMAND", "quorate cluster");
    }

    private Signals signals() {
        return new Signals(reporter());
    }

    private Reporter reporter() {
        return new TerminalReporter(spec.commandLine());
    }

    private long waitMs() {
        return TimeUnit.SECONDS.toMillis(waitSeconds);
    }

    private static List<String> orAll(List<String> names) {
        return names == null ? new ArrayList<>() : names;
    }
}
