package io.quorate.deploy.local.command;

import io.quorate.deploy.local.fault.FaultOrder;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.process.ClusterSecurity;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.local.process.Signals;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The actions of {@code quorate cluster} on a local cluster. A list of names that is empty stands for all nodes. */
final class ClusterActions {
    private final ClusterFolder cluster;
    private final ClusterWords words;
    private final Reporter reporter;
    private final Signals signals;
    private final long waitMs;

    /** @param waitMs how long a node may take to become ready, or to stop */
    ClusterActions(ClusterFolder cluster, ClusterWords words, Reporter reporter, long waitMs) {
        this.cluster = cluster;
        this.words = words;
        this.reporter = reporter;
        this.signals = new Signals(reporter);
        this.waitMs = waitMs;
    }

    /**
     * @param faults whether faults can be injected, or empty for the same as the last time
     * @param secure whether a new cluster gets certificates, and speaks TLS
     */
    void start(List<String> names, Optional<Boolean> faults, boolean secure) throws IOException, LocalClusterException {
        List<NodeFolder> chosen = cluster.choose(names);
        if (secure) {
            startSecured(chosen, faults);
        } else {
            startNodes(chosen, faults);
        }
    }

    /** A start that makes no node leaves no certificates behind: the next start may be one without them. */
    private void startSecured(List<NodeFolder> chosen, Optional<Boolean> faults)
            throws IOException, LocalClusterException {
        AtomicBoolean made = new AtomicBoolean();
        cluster.withLock(() -> made.set(ClusterSecurity.create(cluster)));
        try {
            startNodes(chosen, faults);
        } catch (IOException | LocalClusterException e) {
            if (made.get()) {
                cluster.withLock(() -> ClusterSecurity.undo(cluster));
            }
            throw e;
        }
    }

    void restart(List<String> names, Optional<Boolean> faults) throws IOException, LocalClusterException {
        List<NodeFolder> chosen = cluster.choose(names);
        signals.stop(chosen, waitMs);
        startNodes(chosen, faults);
    }

    void stop(List<String> names) throws IOException, LocalClusterException {
        signals.stop(cluster.choose(names), waitMs);
    }

    void kill(List<String> names) throws IOException, LocalClusterException {
        signals.kill(cluster.choose(names));
    }

    void pause(List<String> names) throws IOException, LocalClusterException {
        signals.pause(cluster.choose(names));
    }

    void resume(List<String> names) throws IOException, LocalClusterException {
        signals.resume(cluster.choose(names));
    }

    /** @throws LocalClusterException without a message, if no node is ready */
    void status() throws IOException, LocalClusterException {
        if (!new StatusTable(cluster).print(reporter)) {
            throw LocalClusterException.failed("");
        }
    }

    void inject(FaultKind kind, Optional<String> node, Optional<String> peer, long ms)
            throws IOException, LocalClusterException {
        if (!cluster.isCreated()) {
            throw LocalClusterException.failed(
                    "there is no cluster in " + cluster.home() + "; 'start --faults' makes one");
        }
        FaultOrder.of(kind, chosen(node), chosen(peer), ms).carryOut(cluster, new Launcher(), reporter, waitMs);
    }

    private Optional<NodeFolder> chosen(Optional<String> name) throws LocalClusterException {
        return name.isPresent() ? Optional.of(cluster.choose(name.get())) : Optional.empty();
    }

    /** @param stopsRunning whether nodes that run are stopped first, instead of refusing */
    void wipe(boolean stopsRunning) throws IOException, LocalClusterException {
        List<NodeFolder> running =
                cluster.nodes().stream().filter(NodeFolder::isRunning).toList();
        if (!running.isEmpty() && !stopsRunning) {
            throw LocalClusterException.failed(ClusterFolder.names(running)
                    + " still running: 'stop' first, or 'wipe --yes'. Nothing was removed");
        }
        signals.stop(running, waitMs);
        remove(cluster.nodes().stream().filter(NodeFolder::exists).toList());
    }

    private void remove(List<NodeFolder> nodes) throws IOException {
        reporter.report(
                nodes.isEmpty()
                        ? "nothing to remove in " + cluster.home()
                        : "removing data, configuration and logs of " + ClusterFolder.names(nodes) + " in "
                                + cluster.home());
        for (NodeFolder node : nodes) {
            FolderTree.delete(node.path());
        }
        cluster.deleteFiles();
    }

    private void startNodes(List<NodeFolder> chosen, Optional<Boolean> faults)
            throws IOException, LocalClusterException {
        boolean allowed = faults.orElseGet(cluster::allowsFaults);
        List<NodeFolder> started = new StartNodes(cluster, new Launcher(), reporter, waitMs).run(chosen, allowed);
        if (!started.isEmpty()) {
            new FirstSteps(cluster, words).print(started, allowed, reporter);
        } else if (chosen.stream().allMatch(node -> node.state() == NodeFolder.ProcessState.RUNNING)) {
            reporter.report("already running: " + ClusterFolder.names(chosen));
        }
    }
}
