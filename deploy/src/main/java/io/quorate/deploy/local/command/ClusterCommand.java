package io.quorate.deploy.local.command;

import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.terminal.HelpCommand;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One method for each subcommand. All that a subcommand knows of the cluster is in the cluster's folder. */
@Command(
        name = "cluster",
        description = "Runs a local cluster of real processes, to try and to break.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SkewCommand.class, HelpCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused or failed; of status: no node is ready",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
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
            "  quorate cluster start --secure       with certificates, and https",
            "  quorate cluster kill n3              and go on writing",
            "  quorate cluster cut n1 n2            no messages between them; n3 reaches both",
            "  quorate cluster heal"
        })
public final class ClusterCommand extends LocalClusterCommand {
    private static final String NODES = "n1, n2 ...";
    private static final String NODES_OR_ALL = NODES + "; without: all of them";

    @Command(
            description = "Starts the nodes that do not run, and waits until they are ready.",
            mixinStandardHelpOptions = true,
            footer = {"", "A cluster of which no node runs starts without its former faults."})
    int start(
            @Option(
                            names = "--faults",
                            negatable = true,
                            description =
                                    "allow faults of nodes by cut, slow, slow-disk and skew, and by the console, until"
                                            + " all of them are stopped; by default as it was the last time")
                    Boolean faults,
            @Option(
                            names = "--secure",
                            description =
                                    "of a new cluster: make an authority and certificates in its folder, and speak"
                                            + " TLS. It stays so")
                    boolean secure,
            @Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> cluster.start(orAll(names), Optional.ofNullable(faults), secure));
    }

    @Command(
            description = "SIGTERM: finish requests in flight, close cleanly; SIGKILL if that takes too long.",
            mixinStandardHelpOptions = true)
    int stop(@Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> cluster.stop(orAll(names)));
    }

    @Command(description = "Stops, then starts.", mixinStandardHelpOptions = true)
    int restart(
            @Option(names = "--faults", negatable = true, description = "as of start") Boolean faults,
            @Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> cluster.restart(orAll(names), Optional.ofNullable(faults)));
    }

    @Command(
            description = "One line for each node, and how many more the cluster can lose.",
            mixinStandardHelpOptions = true)
    int status() {
        return run(ClusterActions::status);
    }

    @Command(description = "SIGKILL: gone at once, as in a crash.", mixinStandardHelpOptions = true)
    int kill(@Parameters(paramLabel = "NODE", arity = "1..*", description = NODES) List<String> names) {
        return run(cluster -> cluster.kill(names));
    }

    @Command(
            description = "SIGSTOP: the process keeps its connections and answers no request.",
            mixinStandardHelpOptions = true)
    int pause(@Parameters(paramLabel = "NODE", arity = "1..*", description = NODES) List<String> names) {
        return run(cluster -> cluster.pause(names));
    }

    @Command(description = "SIGCONT: goes on after a pause.", mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = "NODE", arity = "0..*", description = NODES_OR_ALL) List<String> names) {
        return run(cluster -> cluster.resume(orAll(names)));
    }

    @Command(
            description = "Drops everything between two nodes, both ways, without closing a connection.",
            mixinStandardHelpOptions = true)
    int cut(
            @Parameters(paramLabel = "NODE", description = NODES) String one,
            @Parameters(paramLabel = "NODE", description = "the other one") String other) {
        return run(cluster -> cluster.inject(FaultKind.CUT, Optional.of(one), Optional.of(other), 0));
    }

    @Command(description = "Delays every message that a node sends to others.", mixinStandardHelpOptions = true)
    int slow(
            @Parameters(paramLabel = "NODE", description = NODES) String node,
            @Parameters(paramLabel = "BY", converter = SignedDuration.Converter.class, description = "50ms; 0 ends it")
                    SignedDuration by) {
        return run(cluster -> cluster.inject(FaultKind.SLOW, Optional.of(node), Optional.empty(), by.ms()));
    }

    @Command(
            name = "slow-disk",
            description = "Makes each force of a node's disk take longer, and so each write there.",
            mixinStandardHelpOptions = true)
    int slowDisk(
            @Parameters(paramLabel = "NODE", description = NODES) String node,
            @Parameters(paramLabel = "BY", converter = SignedDuration.Converter.class, description = "300ms; 0 ends it")
                    SignedDuration by) {
        return run(cluster -> cluster.inject(FaultKind.SLOW_DISK, Optional.of(node), Optional.empty(), by.ms()));
    }

    @Command(
            description = "Ends cut, slow, slow-disk and skew, and resumes paused nodes.",
            mixinStandardHelpOptions = true)
    int heal(@Parameters(paramLabel = "NODE", arity = "0..1", description = NODES_OR_ALL) String node) {
        return run(cluster -> cluster.inject(FaultKind.HEAL, Optional.ofNullable(node), Optional.empty(), 0));
    }

    @Command(description = "Removes the data, configuration and logs of all nodes.", mixinStandardHelpOptions = true)
    int wipe(@Option(names = "--yes", description = "stops running ones first, instead of refusing") boolean yes) {
        return run(cluster -> cluster.wipe(yes));
    }

    private static List<String> orAll(List<String> names) {
        return names == null ? List.of() : names;
    }
}
