package io.quorate.deploy.local.fault;

import io.quorate.deploy.fault.FaultSwitch;
import io.quorate.deploy.fault.Faults;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes the faults of nodes, and waits until the running ones have them. */
final class FaultFiles {
    private static final long EFFECT_MS_MAX = 5_000;

    private final ClusterFolder cluster;

    FaultFiles(ClusterFolder cluster) {
        this.cluster = cluster;
    }

    /** Drops all messages between the two nodes, both ways. */
    void cut(NodeFolder one, NodeFolder other) throws IOException, LocalClusterException {
        cluster.withLock(() -> {
            change(one, faults -> faults.withCut(other.id()));
            change(other, faults -> faults.withCut(one.id()));
        });
        awaitInEffect(List.of(one, other));
    }

    void slow(NodeFolder node, int delayMs) throws IOException, LocalClusterException {
        cluster.withLock(() -> change(node, faults -> faults.withSlowMs(delayMs)));
        awaitInEffect(List.of(node));
    }

    void slowDisk(NodeFolder node, int delayMs) throws IOException, LocalClusterException {
        cluster.withLock(() -> change(node, faults -> faults.withSlowDiskMs(delayMs)));
        awaitInEffect(List.of(node));
    }

    void skew(NodeFolder node, long aheadMs) throws IOException, LocalClusterException {
        cluster.withLock(() -> change(node, faults -> faults.withSkewMs(aheadMs)));
        awaitInEffect(List.of(node));
    }

    void heal(NodeFolder healed) throws IOException, LocalClusterException {
        cluster.withLock(() -> {
            for (NodeFolder node : cluster.nodes()) {
                change(node, faults -> node.equals(healed) ? Faults.NONE : faults.withoutCut(healed.id()));
            }
        });
        awaitInEffect(cluster.nodes());
    }

    void healAll() throws IOException, LocalClusterException {
        cluster.withLock(() -> {
            for (NodeFolder node : cluster.nodes()) {
                change(node, faults -> Faults.NONE);
            }
        });
        awaitInEffect(cluster.nodes());
    }

    private static void change(NodeFolder node, UnaryOperator<Faults> change) throws IOException {
        Faults before = node.faults();
        Faults after = change.apply(before);
        if (!after.equals(before)) {
            after.write(node.faultsFile());
        }
    }

    /** A node that is paused or down gets them when it continues or starts. */
    private static void awaitInEffect(List<NodeFolder> nodes) throws LocalClusterException {
        for (NodeFolder node : nodes) {
            if (!Waiting.until(
                    EFFECT_MS_MAX, () -> node.state() != NodeFolder.ProcessState.RUNNING || isInEffect(node))) {
                throw LocalClusterException.failed(node.id() + " does not follow its faults in " + node.faultsFile()
                        + "; its log, " + node.log() + ", may say why");
            }
        }
    }

    private static boolean isInEffect(NodeFolder node) {
        try {
            return Faults.read(FaultSwitch.inEffect(node.faultsFile())).equals(node.faults());
        } catch (IOException e) {
            return false; // the node's log has the reason
        }
    }
}
