package io.quorate.deploy.local.process;

import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import io.quorate.deploy.local.folder.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Waits until nodes that were launched are ready, and until the others see them.
 *
 * @param waitMs how long a node may take to become ready
 */
record StartedNodes(ClusterFolder cluster, Reporter reporter, long waitMs) {
    private static final long VISIBLE_MS_MAX = 10_000;
    private static final int LOG_LINES_SHOWN = 20;

    void await(List<StartedNode> started) throws IOException, LocalClusterException {
        boolean majority = runningCount() >= cluster.layout().majority();
        boolean failed = false;
        if (!started.isEmpty()) {
            reporter.report("starting "
                    + ClusterFolder.names(
                            started.stream().map(StartedNode::node).toList()) + " ...");
        }
        for (StartedNode each : started) {
            NodeFolder node = each.node();
            Waiting.until(waitMs, () -> !node.isRunning() || isUp(node, majority));
            if (node.isRunning() && isUp(node, majority)) {
                node.markInitialised();
                reporter.report(node.id() + (majority ? " is ready" : " runs"));
            } else {
                failed = true;
                warnOfFailedStart(each);
            }
        }
        if (failed) {
            throw LocalClusterException.failed("not all nodes came up; those that did still run: 'status' shows them");
        }
        awaitVisible();
    }

    /** A node can become ready only if a majority runs. With fewer, a node that lives is enough. */
    private boolean isUp(NodeFolder node, boolean majority) {
        NodeHttp http = http(node);
        return majority ? http.isReady() : http.isLive();
    }

    private void warnOfFailedStart(StartedNode started) throws IOException {
        NodeFolder node = started.node();
        String failure =
                node.isRunning() ? " is not ready after " + TimeUnit.MILLISECONDS.toSeconds(waitMs) + "s" : " ended";
        List<String> lines = started.endOfLog(LOG_LINES_SHOWN);
        reporter.warn(node.id()
                + failure
                + (lines.isEmpty()
                        ? " and wrote nothing into its log, " + node.log()
                        : "; its log, " + node.log() + ", ends with:"));
        lines.forEach(line -> reporter.warn("    " + line));
    }

    /** Nodes that ran before take a moment to notice the ones that came back. */
    private void awaitVisible() throws IOException {
        long running = runningCount();
        if (running < cluster.layout().majority() || isAnyCut()) {
            return;
        }
        OptionalInt losable = OptionalInt.of((int) running - cluster.layout().majority());
        for (NodeFolder node : cluster.nodes()) {
            if (node.state() == ProcessState.RUNNING
                    && !Waiting.until(VISIBLE_MS_MAX, () -> http(node).canLose().equals(losable))) {
                reporter.warn(node.id() + " does not see all of the others yet: 'status' shows more");
            }
        }
    }

    private boolean isAnyCut() throws IOException {
        for (NodeFolder node : cluster.nodes()) {
            if (!node.faults().cut().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private long runningCount() {
        return cluster.nodes().stream()
                .filter(node -> node.state() == ProcessState.RUNNING)
                .count();
    }

    private NodeHttp http(NodeFolder node) {
        return NodeHttp.of(cluster, node);
    }
}
