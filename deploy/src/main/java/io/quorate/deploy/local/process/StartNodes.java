package io.quorate.deploy.local.process;

import io.quorate.deploy.fault.Faults;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeFolder.ProcessState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts the nodes of a cluster that do not run, and waits until they are ready. */
public final class StartNodes {
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

    /** As {@link #run(List, boolean)}; faults are allowed if they were when the cluster was last started. */
    public List<NodeFolder> run(List<NodeFolder> chosen) throws IOException, LocalClusterException {
        return run(chosen, cluster.allowsFaults());
    }

    /**
     * Returns the nodes that it started. They are ready, or only live if fewer than a majority run.
     *
     * @param faults whether faults can be injected into them. It is the same for all nodes that run
     */
    public List<NodeFolder> run(List<NodeFolder> chosen, boolean faults) throws IOException, LocalClusterException {
        List<StartedNode> started = new ArrayList<>();
        cluster.withLock(() -> started.addAll(launch(missing(chosen), faults)));
        new StartedNodes(cluster, reporter, waitMs).await(started);
        return started.stream().map(StartedNode::node).toList();
    }

    private List<NodeFolder> missing(List<NodeFolder> chosen) {
        for (NodeFolder node : chosen) {
            if (node.state() == ProcessState.PAUSED) {
                reporter.report(node.id() + " is paused: 'resume " + node.id() + "' continues it");
            }
        }
        return chosen.stream().filter(node -> node.state() == ProcessState.DOWN).toList();
    }

    private List<StartedNode> launch(List<NodeFolder> missing, boolean faults)
            throws IOException, LocalClusterException {
        boolean fresh = cluster.nodes().stream().noneMatch(NodeFolder::isRunning);
        if (!fresh && faults != cluster.allowsFaults()) {
            throw LocalClusterException.failed("the nodes that run were started " + (faults ? "without" : "with")
                    + " --faults: 'stop' them first. Nothing was started");
        }
        new StartPreconditions(cluster, reporter).check(missing);
        cluster.createIfMissing();
        if (fresh) {
            forgetFaults();
            cluster.allowFaults(faults);
        }
        List<StartedNode> started = new ArrayList<>();
        for (NodeFolder node : missing) {
            node.configure(cluster.layout(), cluster.isSecured());
            started.add(new StartedNode(node, node.logBytes()));
            node.setProcess(launcher.startNode(cluster, node));
        }
        return started;
    }

    /** A cluster that starts as a whole starts without faults. A single node comes back to the faults that it had. */
    private void forgetFaults() throws IOException {
        for (NodeFolder node : cluster.nodes()) {
            if (!node.faults().equals(Faults.NONE)) {
                Faults.NONE.write(node.faultsFile());
            }
        }
    }
}
