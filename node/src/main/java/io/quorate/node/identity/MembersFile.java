package io.quorate.node.identity;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import io.quorate.node.identity.KnownDisks.KnowledgeStage;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file {@code members} of a data directory: which disk each member has, as far as this node knows. It lies beside
 * the identity and not in the store. So it is readable before the store opens, and outlives a store that is damaged.
 *
 * <pre>
 * members := file header (its number is the disk of this directory) | crc32c u32 | stage u8 | count varint | member*
 * member  := name: size varint, UTF-8 | disk u64
 * </pre>
 *
 * The checksum covers all that follows it, and the number.
 */
public final class MembersFile {
    /** Name of the file. */
    public static final String NAME = "members";

    private static final String NEXT_NAME = "members.next";
    private static final int BYTES_MAX = 1 << 16;
    private static final int BODY_AT = FileHeader.BYTES + Integer.BYTES;
    private static final Codes<KnowledgeStage> STAGES = new Codes<>(KnowledgeStage.class);

    private MembersFile() {}

    /**
     * Reads the file of a directory, if there is one.
     *
     * @throws CorruptException if it is damaged, or belongs to another directory
     */
    public static void verify(Disk disk, NodeIdentity identity) throws IOException {
        if (identity.disk().isPresent()) {
            read(disk, identity.disk().get());
        }
    }

    /**
     * Knows nothing if there is no file yet.
     *
     * @throws CorruptException if the file is damaged, or belongs to another directory
     */
    static KnownDisks read(Disk disk, DiskId own) throws IOException {
        if (!disk.contains(NAME)) {
            return KnownDisks.NONE;
        }
        String path = disk.pathOf(NAME);
        try (DiskFile file = disk.open(NAME)) {
            FileHeader.requireOwn(file, path, disk.list());
            DiskId owner = new DiskId(FileHeader.read(file, path, FileKind.MEMBERS));
            if (!owner.equals(own)) {
                throw new CorruptException(
                        path, 12, "it belongs to the directory with the disk " + owner + ", and this one has " + own);
            }
            byte[] bytes = new byte[(int) Math.min(file.size(), BYTES_MAX)];
            file.readFully(bytes, 0, bytes.length, 0);
            return parse(bytes, own, path);
        }
    }

    private static KnownDisks parse(byte[] bytes, DiskId own, String path) {
        try {
            BytesReader in = new BytesReader(bytes);
            in.skip(FileHeader.BYTES);
            if (in.readInt() != checksum(own, bytes, bytes.length)) {
                throw new MalformedException("the checksum is wrong");
            }
            KnowledgeStage stage = STAGES.read(in);
            SortedMap<NodeId, DiskId> disks = new TreeMap<>();
            for (long left = in.readVarint(); left > 0; left--) {
                disks.put(new NodeId(in.readString(NodeId.LENGTH_MAX)), new DiskId(in.readLong()));
            }
            in.requireEnd();
            return new KnownDisks(stage, new MemberDisks(disks));
        } catch (MalformedException | IllegalArgumentException e) {
            throw new CorruptException(path, FileHeader.BYTES, e.getMessage());
        }
    }

    /** Replaces the file, durably. */
    static void replace(Disk disk, DiskId own, KnownDisks known) throws IOException {
        BytesWriter out = new BytesWriter(256);
        FileHeader.write(out, FileKind.MEMBERS, own.bits());
        out.writeInt(0);
        STAGES.write(out, known.stage());
        out.writeVarint(known.disks().byMember().size());
        known.disks().byMember().forEach((member, its) -> {
            out.writeString(member.name());
            out.writeLong(its.bits());
        });
        out.putIntAt(FileHeader.BYTES, checksum(own, out.array(), out.length()));
        Ballast.orWithout(disk, () -> write(disk, out));
    }

    private static boolean write(Disk disk, BytesWriter out) throws IOException {
        disk.deleteIfPresent(NEXT_NAME);
        try (DiskFile file = disk.create(NEXT_NAME)) {
            file.writeFully(out.array(), 0, out.length(), 0);
            file.force();
        }
        disk.rename(NEXT_NAME, NAME);
        disk.forceDirectory();
        return true;
    }

    private static int checksum(DiskId own, byte[] bytes, int length) {
        return Checksum.crc32c(own.bits(), BODY_AT, bytes, BODY_AT, length - BODY_AT);
    }
}
