package io.quorate.deploy.local.command;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.process.Reporter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what a user can do with a cluster that has just started. */
final class FirstSteps {
    private final ClusterFolder cluster;

    FirstSteps(ClusterFolder cluster) {
        this.cluster = cluster;
    }

    private static String endpoints(PortLayout layout) {
        return layout.nodes().stream()
                .map(node -> "localhost:" + layout.httpPort(node))
                .collect(Collectors.joining(","));
    }

    void print(List<NodeFolder> started, Reporter reporter) {
        PortLayout layout = cluster.layout();
        started.forEach(node -> reporter.report(node.id() + "  " + layout.http(node.id()) + "  log " + node.log()));
        List<NodeId> all = layout.nodes();
        NodeId last = all.get(all.size() - 1);
        String first = "localhost:" + layout.httpPort(all.get(0));
        reporter.report("console: http://" + first + "/");
        reporter.report("theatre: http://" + first + "/#/theatre");
        if (!layout.equals(PortLayout.DEFAULT)) {
            reporter.report("for quorate: export QUORATE_ENDPOINTS=" + endpoints(layout));
        }
        reporter.report("try:");
        reporter.report("  curl -X PUT -H 'Content-Type: text/plain' --data 'hello' " + first + "/v1/kv/greeting");
        reporter.report("  curl -i localhost:" + layout.httpPort(last) + "/v1/kv/greeting");
        reporter.report("  curl " + first + "/v1/cluster");
    }
}
