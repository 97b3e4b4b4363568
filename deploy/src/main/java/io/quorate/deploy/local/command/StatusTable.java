package io.quorate.deploy.local.command;

import io.quorate.deploy.fault.Faults;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.process.NodeHttp;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.deploy.terminal.TextTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One line for each node of a cluster, and how many more it can lose. */
final class StatusTable {
    private final ClusterFolder cluster;

    StatusTable(ClusterFolder cluster) {
        this.cluster = cluster;
    }

    /** Returns whether any node is ready. */
    boolean print(Reporter reporter) throws IOException {
        boolean anyReady = false;
        OptionalInt losable = OptionalInt.empty();
        List<String> heading = new ArrayList<>(List.of("NODE", "PID", "STATE", "HTTP", "READY"));
        if (cluster.allowsFaults()) {
            heading.add("FAULTS");
        }
        TextTable table = new TextTable(heading.toArray(String[]::new));
        for (NodeFolder node : cluster.nodes()) {
            NodeHttp http = NodeHttp.of(cluster, node);
            ProcessState state = node.state();
            boolean ready = state == ProcessState.RUNNING && http.isReady();
            if (ready && losable.isEmpty()) {
                losable = http.canLose();
            }
            anyReady |= ready;
            List<String> cells = new ArrayList<>(List.of(
                    node.id().name(),
                    node.process().map(process -> Long.toString(process.pid())).orElse("-"),
                    state == ProcessState.RUNNING ? "up" : state.label(),
                    http.address(),
                    ready ? "yes" : "no"));
            if (cluster.allowsFaults()) {
                cells.add(node.faults().equals(Faults.NONE) ? "" : node.faults().toString());
            }
            table.row(cells.toArray());
        }
        table.lines(Terminal.current()).forEach(reporter::report);
        reporter.report(summary(anyReady, losable));
        return anyReady;
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
}
