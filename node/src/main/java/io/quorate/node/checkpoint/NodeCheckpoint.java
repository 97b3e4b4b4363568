package io.quorate.node.checkpoint;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.node.identity.IdentityFormat;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Checkpoint;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of a node's store, and the file {@code checkpoint}, which says whose it is. It has no identity, so no node starts
 * on it, and it is given one only in <em>another</em> cluster.
 *
 * <p>For under its old identity a restored node would answer for what it acknowledged after the checkpoint and no longer
 * knows: a write that {A, B} acknowledged is missed by a read of {B, C} if B came back without it. The nodes of another
 * cluster never meet those that remember, as their handshakes differ by the cluster's name. Each node of that cluster
 * begins with what one node held; with one checkpoint of each node of the old cluster, everything is there that was
 * acknowledged before the first of them was made, and of what came during the making maybe a part.
 */
public final class NodeCheckpoint {
    static final String NAME = "checkpoint";

    private NodeCheckpoint() {}

    /**
     * Makes one while the store serves, durably; until it returns there is none.
     *
     * @param source the directory that the store was opened in
     * @param target made if absent
     * @throws CannotOpenException if {@code target} is not empty; nothing was changed
     */
    public static void write(Store store, Disk source, Disk target) throws IOException {
        NodeIdentity owner = NodeIdentity.of(source)
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
     * Whose checkpoint it is.
     *
     * @throws CannotOpenException if it is none
     */
    public static NodeIdentity originOf(Disk checkpoint) throws IOException {
        if (!checkpoint.list().contains(NAME)) {
            throw new CannotOpenException(
                    OpenFailure.MISSING,
                    checkpoint.pathOf("") + " is no checkpoint: it has no file '" + NAME + "'. Nothing was changed");
        }
        try (DiskFile file = checkpoint.open(NAME)) {
            return IdentityFormat.read(file, checkpoint.pathOf(NAME), FileKind.CHECKPOINT);
        }
    }

    /**
     * Makes an empty directory a node's, of another cluster than the checkpoint's, with all that the checkpoint holds. The
     * identity comes last: if it was cut off, no node starts there.
     *
     * @throws CannotOpenException if the checkpoint is none or unfinished, the directory not empty, or the cluster the same
     */
    public static NodeIdentity restore(Disk checkpoint, DataDirectory directory, ClusterId cluster, NodeId node)
            throws IOException {
        NodeIdentity origin = originOf(checkpoint);
        if (origin.cluster().equals(cluster)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the checkpoint " + checkpoint.pathOf("") + " is of " + origin.describe()
                            + " itself. In that cluster it would answer for what it acknowledged since and no longer"
                            + " knows. Restore all nodes into a cluster of another name. Nothing was changed");
        }
        Disk disk = directory.disk();
        List<String> names = new ArrayList<>(disk.list());
        names.remove(DataDirectory.LOCK_NAME);
        requireEmpty(disk, names);
        Checkpoint.copy(checkpoint, disk);
        return NodeIdentity.replace(disk, new NodeIdentity(cluster, node, origin.incarnation()));
    }
}
