package io.quorate.node.identity;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.util.Optional;

/**
 * The files {@code identity} and {@code checkpoint}, which differ by the kind in the header.
 *
 * <pre>
 * identity   := file header (its number is the incarnation) | crc32c u32 | cluster | node | disk u64
 * checkpoint := file header (its number is the incarnation) | crc32c u32 | cluster | node
 * cluster    := size varint, UTF-8       node := size varint, UTF-8
 * </pre>
 *
 * The checksum covers all that follows it, and the incarnation. An identity of format 1 has no disk. A checkpoint has
 * none, because it is no directory of a node.
 */
public final class IdentityFormat {
    private static final int BYTES_MAX = 1 << 10;

    /** The last format of an identity without a disk. */
    private static final int WITHOUT_DISK = 1;

    private static final int BODY_AT = FileHeader.BYTES + Integer.BYTES;

    private IdentityFormat() {}

    public static void write(BytesWriter out, FileKind kind, NodeIdentity identity) {
        FileHeader.write(out, kind, identity.incarnation());
        out.writeInt(0);
        out.writeString(identity.cluster().name());
        out.writeString(identity.node().name());
        if (kind == FileKind.IDENTITY) {
            out.writeLong(identity.claimedDisk().bits());
        }
        out.putIntAt(FileHeader.BYTES, checksum(identity.incarnation(), out.array(), out.length()));
    }

    public static NodeIdentity read(DiskFile file, String path, FileKind kind) throws IOException {
        long incarnation = FileHeader.read(file, path, kind);
        boolean hasDisk = kind == FileKind.IDENTITY && FileHeader.version(file, path, kind) > WITHOUT_DISK;
        byte[] bytes = new byte[(int) Math.min(file.size(), BYTES_MAX)];
        file.readFully(bytes, 0, bytes.length, 0);
        try {
            return parse(bytes, incarnation, hasDisk);
        } catch (MalformedException | IllegalArgumentException e) {
            throw new CorruptException(path, FileHeader.BYTES, e.getMessage());
        }
    }

    private static NodeIdentity parse(byte[] bytes, long incarnation, boolean hasDisk) {
        BytesReader in = new BytesReader(bytes);
        in.skip(FileHeader.BYTES);
        if (in.readInt() != checksum(incarnation, bytes, bytes.length)) {
            throw new MalformedException("the checksum is wrong");
        }
        ClusterId cluster = new ClusterId(in.readString(NodeId.LENGTH_MAX));
        NodeId node = new NodeId(in.readString(NodeId.LENGTH_MAX));
        Optional<DiskId> disk = hasDisk ? Optional.of(new DiskId(in.readLong())) : Optional.empty();
        in.requireEnd();
        return new NodeIdentity(cluster, node, incarnation, disk);
    }

    private static int checksum(long incarnation, byte[] bytes, int length) {
        return Checksum.crc32c(incarnation, BODY_AT, bytes, BODY_AT, length - BODY_AT);
    }
}
