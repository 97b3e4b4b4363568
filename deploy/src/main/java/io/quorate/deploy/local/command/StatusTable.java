package io.quorate.deploy.local.command;

import io.quorate.deploy.fault.Faults;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.process.NodeHttp;
import io.quorate.deploy.local.process.Reporter;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One line for each node of a cluster, and how many more it can lose. */
final class StatusTable {
    private static final String FORM = "%-5s %-8s %-7s %-24s %-6s%s";

    private final ClusterFolder cluster;

    StatusTable(ClusterFolder cluster) {
        this.cluster = cluster;
    }

    /** Returns whether any node is ready. */
    boolean print(Reporter reporter) throws IOException {
        boolean anyReady = false;
        OptionalInt losable = OptionalInt.empty();
        reporter.report(line("NODE", "PID", "STATE", "HTTP", "READY", cluster.allowsFaults() ? " FAULTS" : ""));
        for (NodeFolder node : cluster.nodes()) {
            NodeHttp http = NodeHttp.of(cluster, node);
            ProcessState state = node.state();
            boolean ready = state == ProcessState.RUNNING && http.isReady();
            if (ready && losable.isEmpty()) {
                losable = http.canLose();
            }
            anyReady |= ready;
            reporter.report(line(
                    node.id().name(),
                    node.process().map(process -> Long.toString(process.pid())).orElse("-"),
                    state == ProcessState.RUNNING ? "up" : state.label(),
                    http.address(),
                    ready ? "yes" : "no",
                    faults(node)));
        }
        reporter.report(summary(anyReady, losable));
        return anyReady;
    }

    private String faults(NodeFolder node) throws IOException {
        Faults faults = cluster.allowsFaults() ? node.faults() : Faults.NONE;
        return faults.equals(Faults.NONE) ? "" : " " + faults;
    }

    private String summary(boolean anyReady, OptionalInt losable) {
        PortLayout layout = cluster.layout();
        if (!anyReady) {
            return "no node is ready: a quorum is " + layout.majority() + " of " + layout.nodeCount();
        }
        return "quorum " + layout.majority() + " of " + layout.nodeCount()
                + losable.stream()
                        .mapToObj(more -> "; " + more + " more may be lost")
                        .collect(Collectors.joining());
    }

    private static String line(String id, String pid, String state, String http, String ready, String faults) {
        return String.format(Locale.ROOT, FORM, id, pid, state, http, ready, faults)
                .stripTrailing();
    }
}
