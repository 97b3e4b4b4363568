package io.quorate.node.identity;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file {@code identity} of a data directory: it is made once, and replaced at every start of its node. */
public final class IdentityFile {
    /** Name of the file. */
    public static final String NAME = "identity";

    private static final String NEXT_NAME = "identity.next";

    /** A {@link #create} that was cut off may leave these files. No node ever used them. */
    private static final Set<String> LEFTOVERS = Set.of(
            NEXT_NAME,
            CurrentFile.NAME,
            CurrentFile.NEXT_NAME,
            FileName.manifest(1).toString());

    private IdentityFile() {}

    /**
     * Formats a directory for a new node of a new cluster: first an empty store, then the identity. After a crash it
     * can run again.
     *
     * @throws CannotOpenException if the directory is not empty
     */
    public static NodeIdentity create(DataDirectory directory, ClusterId cluster, NodeId node) throws IOException {
        return create(directory, cluster, node, newDisk(directory.disk()));
    }

    /** As {@link #create(DataDirectory, ClusterId, NodeId)}, with a disk that no other directory has. */
    public static NodeIdentity create(DataDirectory directory, ClusterId cluster, NodeId node, DiskId own)
            throws IOException {
        Disk disk = directory.disk();
        List<String> names = new ArrayList<>(disk.list());
        names.remove(DataDirectory.LOCK_NAME);
        if (names.contains(NAME)) {
            NodeIdentity owner = read(disk);
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the directory " + disk.pathOf("") + " belongs to " + owner.describe()
                            + " already. Start that node without --init, or give the new one a directory of its own");
        }
        if (!LEFTOVERS.containsAll(names)) {
            names.removeAll(LEFTOVERS);
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the directory " + disk.pathOf("") + " is not empty: it holds " + names
                            + ". A new node wants an empty one; nothing was changed");
        }
        for (String leftover : names) {
            disk.delete(leftover);
        }
        Store.create(directory);
        return replace(disk, new NodeIdentity(cluster, node, 0, Optional.of(own)));
    }

    /** Random bits for a directory that has none yet. */
    public static DiskId newDisk(Disk disk) {
        return new DiskId(disk.newSalt());
    }

    /**
     * Reads the identity of a directory and begins its next incarnation, durably. A directory of format 1 gets its disk
     * now.
     *
     * @throws CannotOpenException if the directory has no identity, or that of another node, or one of a newer format
     */
    public static NodeIdentity claim(DataDirectory directory, ClusterId cluster, NodeId node) throws IOException {
        Disk disk = directory.disk();
        if (!disk.contains(NAME)) {
            throw new CannotOpenException(
                    OpenFailure.MISSING,
                    "the directory " + disk.pathOf("") + " belongs to no node: it has no file '" + NAME
                            + "'. If this is a new node of a new cluster, start it with --init; if it lost its disk, it"
                            + " must not come back under its old name. If it is a checkpoint, make a node's directory of"
                            + " it by 'quorate store restore'");
        }
        NodeIdentity found = read(disk);
        if (!found.cluster().equals(cluster) || !found.node().equals(node)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the directory " + disk.pathOf("") + " belongs to " + found.describe() + ", and this is node "
                            + node + " of cluster " + cluster
                            + ". Give each node its own directory; nothing was changed");
        }
        DiskId own = found.disk().orElseGet(() -> newDisk(disk));
        NodeIdentity next = new NodeIdentity(cluster, node, found.incarnation() + 1, Optional.of(own));
        return Ballast.orWithout(disk, () -> replace(disk, next));
    }

    /**
     * The identity of a directory, or empty if it belongs to no node.
     *
     * @throws io.quorate.node.lsm.failure.CorruptException if the file is damaged
     */
    public static Optional<NodeIdentity> of(Disk disk) throws IOException {
        return disk.contains(NAME) ? Optional.of(read(disk)) : Optional.empty();
    }

    private static NodeIdentity read(Disk disk) throws IOException {
        try (DiskFile file = disk.open(NAME)) {
            FileHeader.requireOwn(file, disk.pathOf(NAME), disk.list());
            return IdentityFormat.read(file, disk.pathOf(NAME), FileKind.IDENTITY);
        }
    }

    public static NodeIdentity replace(Disk disk, NodeIdentity identity) throws IOException {
        disk.deleteIfPresent(NEXT_NAME);
        BytesWriter out = new BytesWriter(256);
        IdentityFormat.write(out, FileKind.IDENTITY, identity);
        try (DiskFile file = disk.create(NEXT_NAME)) {
            file.writeFully(out.array(), 0, out.length(), 0);
            file.force();
        }
        disk.rename(NEXT_NAME, NAME);
        disk.forceDirectory();
        return identity;
    }
}
