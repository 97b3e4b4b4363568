package io.quorate.node.checkpoint;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.IdentityFormat;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Checkpoint;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A copy of a node's store, and the file {@code checkpoint}, which names the node. The copy has no identity, so no node
 * starts on it. It gets an identity only in <em>another</em> cluster.
 *
 * <p>Under its old identity, a restored node would have forgotten what it acknowledged after the checkpoint. Say that
 * {A, B} acknowledged a write, and B comes back without it. Then a read of {B, C} misses the write. Nodes of another
 * cluster never meet the nodes that remember, since a handshake compares the cluster's name. Each node of the new
 * cluster begins with what one node held. With one checkpoint of each old node, it has all that was acknowledged before
 * the first of them was made. It may have a part of what was acknowledged while they were made.
 */
public final class NodeCheckpoint {
    static final String NAME = "checkpoint";

    private NodeCheckpoint() {}

    /**
     * Makes a checkpoint while the store serves, durably. Until this returns there is none.
     *
     * @param source the directory of the open store
     * @param target created if absent
     * @throws CannotOpenException if {@code target} is not empty. Nothing was changed
     */
    public static void write(Store store, Disk source, Disk target) throws IOException {
        NodeIdentity owner = IdentityFile.of(source)
                .orElseThrow(() -> new CannotOpenException(
                        OpenFailure.MISSING, "the directory " + source.pathOf("") + " belongs to no node"));
        target.createDirectory();
        target.forceParents();
        requireEmpty(target, target.list());
        BytesWriter out = new BytesWriter(256);
        IdentityFormat.write(out, FileKind.CHECKPOINT, owner);
        try (DiskFile file = target.create(NAME)) {
            file.writeFully(out.array(), 0, out.length(), 0);
            file.force();
        }
        store.checkpoint(target);
    }

    private static void requireEmpty(Disk disk, List<String> names) {
        if (!names.isEmpty()) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the directory " + disk.pathOf("") + " is not empty: it holds " + names
                            + ". Name one that does not exist yet; nothing was changed");
        }
    }

    /**
     * The node that a checkpoint is of.
     *
     * @throws CannotOpenException if the directory is no checkpoint
     */
    public static NodeIdentity originOf(Disk checkpoint) throws IOException {
        if (!checkpoint.list().contains(NAME)) {
            throw new CannotOpenException(
                    OpenFailure.MISSING,
                    checkpoint.pathOf("") + " is no checkpoint: it has no file '" + NAME + "'. Nothing was changed");
        }
        try (DiskFile file = checkpoint.open(NAME)) {
            FileHeader.requireOwn(file, checkpoint.pathOf(NAME), checkpoint.list());
            return IdentityFormat.read(file, checkpoint.pathOf(NAME), FileKind.CHECKPOINT);
        }
    }

    /**
     * Copies a checkpoint into an empty directory, and makes that the directory of a node of another cluster. The
     * identity comes last, so no node starts on a copy that was cut off. The directory gets a disk of its own, as every
     * directory does, and knows no members yet. So two directories never have one disk. What other nodes had forgotten
     * when their checkpoints were made, the copy forgets too.
     *
     * @param others checkpoints of the other nodes. They are only read
     * @throws CannotOpenException if there is no finished checkpoint, the directory is not empty, the cluster is the
     *     same, or the checkpoints are not of one cluster
     */
    public static RestoredNode restore(
            Disk checkpoint, List<Disk> others, DataDirectory directory, ClusterId cluster, NodeId node)
            throws IOException {
        NodeIdentity origin = originOf(checkpoint);
        Set<NodeId> compared = new LinkedHashSet<>();
        for (Disk other : others) {
            NodeIdentity each = originOf(other);
            requireOneCluster(origin, checkpoint, each, other);
            requireAnotherNode(origin, compared, each, other);
        }
        if (origin.cluster().equals(cluster)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the checkpoint " + checkpoint.pathOf("") + " is of " + origin.describe()
                            + " itself. In that cluster the node would have forgotten writes that it acknowledged"
                            + " since. Restore all nodes into a cluster of another name. Nothing was changed");
        }
        Disk disk = directory.disk();
        List<String> names = new ArrayList<>(disk.list());
        names.remove(DataDirectory.LOCK_NAME);
        requireEmpty(disk, names);
        long forgotten = copy(checkpoint, others, disk);
        NodeIdentity restored = IdentityFile.replace(
                disk, new NodeIdentity(cluster, node, origin.incarnation(), Optional.of(IdentityFile.newDisk(disk))));
        return new RestoredNode(restored, List.copyOf(compared), forgotten);
    }

    private static void requireOneCluster(NodeIdentity origin, Disk checkpoint, NodeIdentity other, Disk otherDisk) {
        if (!other.cluster().equals(origin.cluster())) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the checkpoint " + otherDisk.pathOf("") + " is of " + other.describe() + ", and "
                            + checkpoint.pathOf("") + " is of " + origin.describe()
                            + ". Name checkpoints of one cluster. Nothing was changed");
        }
    }

    private static void requireAnotherNode(NodeIdentity origin, Set<NodeId> compared, NodeIdentity other, Disk disk) {
        if (other.node().equals(origin.node()) || !compared.add(other.node())) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the checkpoint " + disk.pathOf("") + " is of node " + other.node()
                            + ", of which one is named already. Name one of each other node. Nothing was changed");
        }
    }

    private static long copy(Disk checkpoint, List<Disk> others, Disk target) throws IOException {
        List<CheckpointReader> readers = new ArrayList<>();
        try (CheckpointReader own = CheckpointReader.open(checkpoint)) {
            for (Disk other : others) {
                readers.add(CheckpointReader.open(other));
            }
            RestoredCorrections corrections = new RestoredCorrections(own, readers);
            Checkpoint.copy(checkpoint, target, corrections);
            return corrections.forgotten();
        } finally {
            for (CheckpointReader each : readers) {
                each.close();
            }
        }
    }
}
