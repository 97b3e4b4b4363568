package io.quorate.node.lsm.format;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * The first bytes of every file: its owner, its kind, its format and its number.
 *
 * <pre>
 *  0        4        8         12               20       24
 * +--------+--------+---------+----------------+--------+
 * | 'QUOR' | kind   | version | file number    | crc32c |
 * | u32    | u32    | u32     | u64            | u32    |
 * +--------+--------+---------+----------------+--------+
 * |<--------- under the checksum ------------->|
 * </pre>
 */
public final class FileHeader {
    public static final int BYTES = 24;

    private static final int MAGIC = 0x51554f52;
    private static final int CHECKED_BYTES = BYTES - Integer.BYTES;

    private FileHeader() {}

    public static void write(BytesWriter out, FileKind kind, long number) {
        write(out, kind, kind.version(), number);
    }

    static void write(BytesWriter out, FileKind kind, int version, long number) {
        int start = out.length();
        out.writeInt(MAGIC);
        out.writeInt(kind.code());
        out.writeInt(version);
        out.writeLong(number);
        out.writeInt(Checksum.crc32c(out.array(), start, CHECKED_BYTES));
    }

    /**
     * Reads the file's number, and accepts any. The caller knows that the file is ours: the manifest or {@code CURRENT}
     * names it, or {@link #requireOwn} says so. So other first bytes are damage.
     *
     * @throws CannotOpenException if the file is of a later format
     * @throws CorruptException if it is damaged
     */
    public static long read(DiskFile file, String path, FileKind kind) throws IOException {
        return parse(file, path, kind).number;
    }

    /** As {@link #read}, but for the version of the file's format. */
    public static int version(DiskFile file, String path, FileKind kind) throws IOException {
        return parse(file, path, kind).version;
    }

    private static Parsed parse(DiskFile file, String path, FileKind kind) throws IOException {
        if (file.size() < BYTES) {
            throw new CorruptException(path, file.size(), "it ends within its header of " + BYTES + " bytes");
        }
        byte[] bytes = new byte[BYTES];
        file.readFully(bytes, 0, BYTES, 0);
        return parse(bytes, path, kind);
    }

    private record Parsed(int version, long number) {}

    /**
     * As {@link #read}, and the number must be {@code number}.
     *
     * @return the version of its format
     */
    public static int require(DiskFile file, String path, FileKind kind, long number) throws IOException {
        Parsed found = parse(file, path, kind);
        if (found.number != number) {
            throw new CorruptException(
                    path, 12, "it is number " + found.number + " by its header and " + number + " by name");
        }
        return found.version;
    }

    /**
     * A file that no other file names, as {@code CURRENT}. It is ours if its first bytes say so. They may be damaged:
     * then it is ours if there is a manifest beside it.
     *
     * @param names of all files in the directory
     * @throws CannotOpenException if it is not ours
     */
    public static void requireOwn(DiskFile file, String path, Collection<String> names) throws IOException {
        boolean manifest = names.stream()
                .flatMap(name -> FileName.parse(name).stream())
                .anyMatch(name -> name.kind() == FileKind.MANIFEST);
        if (!manifest && !beginsAsOurs(file)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN, path + " is not a file of Quorate, and there is no manifest beside it");
        }
    }

    private static boolean beginsAsOurs(DiskFile file) throws IOException {
        byte[] magic = new byte[Integer.BYTES];
        if (file.size() < magic.length) {
            return false;
        }
        file.readFully(magic, 0, magic.length, 0);
        return new BytesReader(magic).readInt() == MAGIC;
    }

    /** Whether the file begins with a whole header of this kind and number. Damage counts as no. */
    public static boolean matches(DiskFile file, FileKind kind, long number) throws IOException {
        if (file.size() < BYTES) {
            return false;
        }
        byte[] found = new byte[BYTES];
        file.readFully(found, 0, BYTES, 0);
        return IntStream.rangeClosed(kind.oldestVersion(), kind.version())
                .anyMatch(version -> Arrays.equals(found, header(kind, version, number)));
    }

    private static byte[] header(FileKind kind, int version, long number) {
        BytesWriter out = new BytesWriter(BYTES);
        write(out, kind, version, number);
        return out.toByteArray();
    }

    private static Parsed parse(byte[] bytes, String path, FileKind kind) {
        BytesReader in = new BytesReader(bytes);
        int magic = in.readInt();
        int tag = in.readInt();
        int version = in.readInt();
        long number = in.readLong();
        int crc = in.readInt();
        if (crc != Checksum.crc32c(bytes, 0, CHECKED_BYTES)) {
            throw new CorruptException(path, CHECKED_BYTES, "the checksum of its header is wrong");
        }
        if (magic != MAGIC || tag != kind.code()) {
            throw new CorruptException(path, 4, "it is not of the kind " + kind);
        }
        if (version > kind.version()) {
            throw new CannotOpenException(
                    OpenFailure.NEWER,
                    path + " has format " + version + " and this program knows " + kind.version()
                            + " at most: a later release wrote it. Start that release; nothing was changed");
        }
        if (version < kind.oldestVersion()) {
            throw new CannotOpenException(
                    OpenFailure.OLDER,
                    path + " has format " + version + " and this program knows " + kind.oldestVersion()
                            + " at least: it was written before the first release, from which on every format stays readable."
                            + " Nothing was changed. Copy what is needed through the program that wrote it");
        }
        return new Parsed(version, number);
    }
}
