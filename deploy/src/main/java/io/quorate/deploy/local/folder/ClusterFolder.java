package io.quorate.deploy.local.folder;

import io.quorate.common.model.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folder of a local cluster. The package {@code local} lists its files. */
public final class ClusterFolder {
    private final Path home;
    private final PortLayout layout;

    private ClusterFolder(Path home, PortLayout layout) {
        this.home = home;
        this.layout = layout;
    }

    /** A cluster that is to be made in this folder, with this layout. */
    public static ClusterFolder create(Path home, PortLayout layout) {
        return new ClusterFolder(home.toAbsolutePath().normalize(), layout);
    }

    /**
     * The cluster in this folder. If there is none yet, it is the cluster that would be made there now.
     *
     * @param environment says how a new cluster is laid out, and must not contradict an existing one
     */
    public static ClusterFolder at(Path home, Map<String, String> environment)
            throws IOException, LocalClusterException {
        Path absolute = home.toAbsolutePath().normalize();
        LayoutVariables variables = new LayoutVariables(environment);
        Optional<String> line = read(absolute.resolve(PortLayout.FILE));
        if (line.isEmpty()) {
            return new ClusterFolder(absolute, variables.layout());
        }
        PortLayout layout = PortLayout.parse(line.get()).orElseThrow(() -> damaged(absolute, line.get()));
        variables.requireSame(layout, absolute.toString());
        return new ClusterFolder(absolute, layout);
    }

    private static LocalClusterException damaged(Path home, String line) {
        return LocalClusterException.failed(home + "/layout is damaged: '" + line.strip()
                + "' is not the number of nodes and two ports; 'wipe' starts over, or write the line again");
    }

    /** The cluster with the node whose file of faults this is. */
    public static ClusterFolder around(NodeId node, Path faultsFile) throws IOException, LocalClusterException {
        Path home = faultsFile.toAbsolutePath().normalize().getParent().getParent();
        ClusterFolder folder = home == null ? null : at(home, Map.of());
        if (folder == null
                || !Files.exists(home.resolve(PortLayout.FILE))
                || !folder.layout.nodes().contains(node)
                || !folder.node(node)
                        .faultsFile()
                        .equals(faultsFile.toAbsolutePath().normalize())) {
            throw LocalClusterException.failed("faultsFile is " + faultsFile + ", which is not the file of faults of "
                    + node + " in the folder of a local cluster; make one with 'quorate cluster start --faults'");
        }
        return folder;
    }

    public Path home() {
        return home;
    }

    public PortLayout layout() {
        return layout;
    }

    public NodeFolder node(NodeId id) {
        return new NodeFolder(id, home.resolve(id.name()));
    }

    public List<NodeFolder> nodes() {
        return layout.nodes().stream().map(this::node).toList();
    }

    /** The nodes with these names, or all if none is named. */
    public List<NodeFolder> choose(List<String> names) throws LocalClusterException {
        List<NodeFolder> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(choose(name));
        }
        return names.isEmpty() ? nodes() : chosen;
    }

    public NodeFolder choose(String name) throws LocalClusterException {
        return nodes().stream()
                .filter(node -> node.id().name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        LocalClusterException.usage("there is no node '" + name + "'; there are: " + names(nodes())));
    }

    public static String names(List<NodeFolder> nodes) {
        return String.join(" ", nodes.stream().map(node -> node.id().name()).toList());
    }

    public boolean isCreated() {
        return Files.exists(home.resolve(PortLayout.FILE));
    }

    public void createIfMissing() throws IOException {
        Files.createDirectories(home);
        if (!isCreated()) {
            Files.writeString(home.resolve(PortLayout.FILE), layout.line());
        }
    }

    public boolean allowsFaults() {
        return Files.exists(home.resolve("faults-allowed"));
    }

    public void allowFaults(boolean allowed) throws IOException {
        if (allowed) {
            Files.writeString(home.resolve("faults-allowed"), "");
        } else {
            Files.deleteIfExists(home.resolve("faults-allowed"));
        }
    }

    /** The folder of the certificates of a secured cluster. */
    public Path certificates() {
        return home.resolve(PortLayout.AUTHORITIES).getParent();
    }

    public Path authorities() {
        return home.resolve(PortLayout.AUTHORITIES);
    }

    /** Who may do what in a secured cluster. */
    public Path access() {
        return home.resolve(PortLayout.ACCESS);
    }

    /** The token of somebody who may do everything. Only the owner of the folder may read it. */
    public Path adminToken() {
        return home.resolve(PortLayout.ADMIN_TOKEN);
    }

    /** Whether its nodes speak TLS. */
    public boolean isSecured() {
        return Files.exists(authorities());
    }

    /** Where a node answers HTTP. */
    public String http(NodeId node) {
        return (isSecured() ? "https://" : "http://") + PortLayout.HOST + ":" + layout.httpPort(node);
    }

    /**
     * The process that owns the nodes: they end when it ends. Empty if it has ended already, and the folder was kept.
     */
    public Optional<NodeProcess> owner() throws IOException {
        return read(home.resolve("owner")).flatMap(NodeProcess::parse).filter(NodeProcess::isRunning);
    }

    public void setOwner(NodeProcess owner) throws IOException {
        Files.writeString(home.resolve("owner"), owner.line());
    }

    /**
     * A short change of the cluster that only one process at a time may make. Threads of one process must not compete.
     */
    public interface FolderChange {
        void make() throws IOException, LocalClusterException;
    }

    public void withLock(FolderChange change) throws IOException, LocalClusterException {
        Files.createDirectories(home);
        try (FileChannel file =
                        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (!lock.isValid()) {
                throw new IOException("cannot lock " + home.resolve("lock"));
            }
            change.make();
        }
    }

    /** Everything but the folders of the nodes. */
    public void deleteFiles() throws IOException {
        if (Files.exists(certificates())) {
            FolderTree.delete(certificates());
        }
        for (String name : List.of(PortLayout.FILE, "faults-allowed", "owner", "lock")) {
            Files.deleteIfExists(home.resolve(name));
        }
        if (Files.isDirectory(home) && isEmpty(home)) {
            Files.delete(home);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
