package io.quorate.deploy.local.process;

import io.quorate.deploy.fault.Faults;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import io.quorate.deploy.local.folder.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Starts what does not run of a cluster, and waits until it is ready. */
public final class StartNodes {
    private static final long ACQUAINTED_MS = 10_000;
    private static final int LOG_LINES_SHOWN = 20;

    private final ClusterFolder cluster;
    private final Launcher launcher;
    private final Reporter reporter;
    private final long waitMs;

    /** @param waitMs how long a node may take to become ready */
    public StartNodes(ClusterFolder cluster, Launcher launcher, Reporter reporter, long waitMs) {
        this.cluster = cluster;
        this.launcher = launcher;
        this.reporter = reporter;
        this.waitMs = waitMs;
    }

    /** As {@link #run(List, boolean)}, for faults or not as the cluster was made. */
    public List<NodeFolder> run(List<NodeFolder> chosen) throws IOException, LocalClusterException {
        return run(chosen, cluster.allowsFaults());
    }

    /**
     * Returns the nodes that it started; they are ready, or live if too few are there for more.
     *
     * @param faults whether faults can be injected into them; the same for all nodes that run
     */
    public List<NodeFolder> run(List<NodeFolder> chosen, boolean faults) throws IOException, LocalClusterException {
        List<NodeFolder> missing = new ArrayList<>();
        cluster.alone(() -> {
            missing.addAll(missing(chosen));
            launch(missing, faults);
        });
        awaitStarted(missing);
        return missing;
    }

    private List<NodeFolder> missing(List<NodeFolder> chosen) {
        for (NodeFolder node : chosen) {
            if (node.state() == ProcessState.PAUSED) {
                reporter.report(node.id() + " is paused: 'resume " + node.id() + "' lets it go on");
            }
        }
        return chosen.stream().filter(node -> node.state() == ProcessState.DOWN).toList();
    }

    private void launch(List<NodeFolder> missing, boolean faults) throws IOException, LocalClusterException {
        boolean fresh = cluster.nodes().stream().noneMatch(NodeFolder::isRunning);
        if (!fresh && faults != cluster.allowsFaults()) {
            throw LocalClusterException.failed("the nodes that run were started " + (faults ? "without" : "with")
                    + " --faults: 'stop' them first. Nothing was started");
        }
        checkPorts(missing);
        checkData(missing);
        cluster.make();
        if (fresh) {
            forgetFaults();
            cluster.allowFaults(faults);
        }
        for (NodeFolder node : missing) {
            node.configure(cluster.layout());
            node.remember(launcher.startNode(cluster, node));
        }
    }

    /** A cluster that starts as a whole starts well; a single node comes back to the faults it left. */
    private void forgetFaults() throws IOException {
        for (NodeFolder node : cluster.nodes()) {
            if (!node.faults().equals(Faults.NONE)) {
                Faults.NONE.write(node.faultsFile());
            }
        }
    }

    private void checkPorts(List<NodeFolder> missing) throws LocalClusterException {
        List<String> taken = Ports.taken(
                cluster.layout(), missing.stream().map(NodeFolder::id).toList());
        taken.forEach(reporter::warn);
        if (!taken.isEmpty()) {
            throw LocalClusterException.failed("nothing was started; free the ports, or make the cluster elsewhere with"
                    + " QUORATE_HTTP_PORT_BASE and QUORATE_PEER_PORT_BASE");
        }
    }

    private static void checkData(List<NodeFolder> missing) throws LocalClusterException {
        for (NodeFolder node : missing) {
            if (node.wasInitialised() && !node.hasData()) {
                throw LocalClusterException.failed(
                        node.id() + " had data and " + node.path() + "/data is gone; a replica"
                                + " that forgot what it acknowledged must not come back under its old name: 'wipe' starts over."
                                + " Nothing was started");
            }
        }
    }

    private void awaitStarted(List<NodeFolder> started) throws IOException, LocalClusterException {
        boolean enough = runningCount() >= cluster.layout().majority();
        boolean failed = false;
        for (NodeFolder node : started) {
            Waiting.until(waitMs, () -> !node.isRunning() || isWell(node, enough));
            if (node.isRunning() && isWell(node, enough)) {
                node.markInitialised();
            } else {
                failed = true;
                warnOfFailedStart(node);
            }
        }
        if (failed) {
            throw LocalClusterException.failed("not all nodes came up; those that did still run: 'status' shows them");
        }
        awaitAcquainted();
    }

    /** A node can become ready only if a majority is there; with fewer it is enough that it lives. */
    private boolean isWell(NodeFolder node, boolean enough) {
        NodeHttp http = http(node);
        return enough ? http.isReady() : http.isLive();
    }

    private void warnOfFailedStart(NodeFolder node) throws IOException {
        reporter.warn(node.id()
                + (node.isRunning() ? " is not ready after " + TimeUnit.MILLISECONDS.toSeconds(waitMs) + "s" : " ended")
                + "; its log, " + node.log() + ", ends with:");
        node.endOfLog(LOG_LINES_SHOWN).forEach(line -> reporter.warn("    " + line));
    }

    /** Nodes that were there before take a moment to notice those that came back. */
    private void awaitAcquainted() throws IOException {
        long running = runningCount();
        if (running < cluster.layout().majority() || isAnyCut()) {
            return;
        }
        OptionalInt losable = OptionalInt.of((int) running - cluster.layout().majority());
        for (NodeFolder node : cluster.nodes()) {
            if (node.state() == ProcessState.RUNNING
                    && !Waiting.until(ACQUAINTED_MS, () -> http(node).canLose().equals(losable))) {
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
        return new NodeHttp(cluster.layout().http(node.id()));
    }
}
