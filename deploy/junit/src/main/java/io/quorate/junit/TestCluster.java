package io.quorate.junit;

import io.quorate.client.QuorateClient;
import io.quorate.deploy.local.fault.FaultOrder;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.NodeProcess;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Signals;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The cluster of a test class, see {@link QuorateCluster}. One thread at a time may inject faults.
 *
 * <p>A fault that cannot be injected is an {@link IllegalStateException} that says why.
 */
public final class TestCluster {
    private static final long START_MS = TimeUnit.MINUTES.toMillis(2);
    private static final long STOP_MS = TimeUnit.SECONDS.toMillis(10);

    private final ClusterFolder folder;
    private final Launcher launcher;
    private final Progress progress = new Progress();
    private final List<TestNode> nodes;
    private final QuorateClient client;

    private TestCluster(ClusterFolder folder, Launcher launcher) {
        this.folder = folder;
        this.launcher = launcher;
        this.nodes =
                folder.nodes().stream().map(node -> new TestNode(this, node)).toList();
        QuorateClient.Builder builder = QuorateClient.builder();
        endpoints().forEach(builder::endpoint);
        this.client = builder.build();
    }

    /** Returns when all nodes serve clients. */
    static TestCluster start(int nodes, int memoryMib) {
        return attempt("start a cluster", new Progress(), () -> {
            Path home = Files.createTempDirectory("quorate-junit");
            ClusterFolder folder = ClusterFolder.create(home, FreeLayout.of(nodes));
            folder.createIfMissing();
            folder.setOwner(NodeProcess.of(ProcessHandle.current().pid()));
            TestCluster cluster =
                    new TestCluster(folder, new Launcher(Map.of("QUORATE_MEMORY_MIB", Integer.toString(memoryMib))));
            cluster.startThoseDown();
            return cluster;
        });
    }

    public List<TestNode> nodes() {
        return nodes;
    }

    /** @param number 1 for the first one */
    public TestNode node(int number) {
        if (number < 1 || number > nodes.size()) {
            throw new IllegalArgumentException("there is no node " + number + "; there are 1 to " + nodes.size());
        }
        return nodes.get(number - 1);
    }

    /** Where clients find its nodes. */
    public List<URI> endpoints() {
        return nodes.stream().map(TestNode::uri).toList();
    }

    /** A client for all nodes, the same one for all tests of the class. */
    public QuorateClient client() {
        return client;
    }

    /** Ends all cuts, delays, skews and pauses. It starts no node. */
    public void heal() {
        inject(FaultKind.HEAL, Optional.empty(), Optional.empty(), 0);
    }

    /** Ends all faults, and starts the nodes that are down. */
    public void restore() {
        heal();
        attempt("start nodes again", progress, () -> {
            startThoseDown();
            return this;
        });
    }

    private void startThoseDown() throws IOException, LocalClusterException {
        new StartNodes(folder, launcher, progress, START_MS).run(folder.nodes(), true);
    }

    void inject(FaultKind kind, Optional<NodeFolder> node, Optional<NodeFolder> peer, long ms) {
        attempt(kind + " of " + node.map(one -> one.id().name()).orElse("all nodes"), progress, () -> {
            FaultOrder.of(kind, node, peer, ms).carryOut(folder, launcher, progress, START_MS);
            return this;
        });
    }

    String httpAddress(NodeFolder node) {
        return folder.http(node.id());
    }

    /** Where its nodes have their data and their logs. */
    Path home() {
        return folder.home();
    }

    /** @param keepFolder whether people want to look at what it leaves */
    void stop(boolean keepFolder) {
        attempt("stop the cluster", progress, () -> {
            List<NodeFolder> running =
                    folder.nodes().stream().filter(NodeFolder::isRunning).toList();
            new Signals(progress).stop(running, STOP_MS);
            if (!keepFolder) {
                FolderTree.delete(folder.home());
            }
            return this;
        });
    }

    private interface Attempt<T> {
        T make() throws IOException, LocalClusterException;
    }

    private static <T> T attempt(String what, Progress progress, Attempt<T> attempt) {
        try {
            return attempt.make();
        } catch (LocalClusterException e) {
            throw new IllegalStateException("cannot " + what + ": " + e.getMessage() + progress.text(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot " + what + ": " + e.getMessage() + progress.text(), e);
        }
    }
}
