package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;

/**
 * The beginning of a file of frames. The salt is a random number that every frame of the file carries. So no frame of
 * an earlier use of the file, and no value of a client, can be taken for a frame of it.
 *
 * <pre>
 *                    0              24         32       36
 *                   +--------------+----------+--------+-----
 * since format 3    | file header  | salt u64 | crc32c | frame ...    the checksum is of the salt, and is seeded
 *                   +--------------+----------+--------+-----         with the file's number and this offset
 *                   +--------------+-----
 * format 2          | file header  | frame ...                        the salt is the file's number
 *                   +--------------+-----
 * </pre>
 *
 * @param salt what each frame of the file carries
 * @param framesAt where the first frame begins
 * @param version of the format
 */
record FrameSalt(long salt, int framesAt, int version) {
    private static final int FIRST_VERSION_WITH_SALT = 3;
    private static final int BYTES = Long.BYTES + Integer.BYTES;

    static void write(BytesWriter out, long number, long salt) {
        int start = out.length();
        out.writeLong(salt);
        out.writeInt(checksum(number, out.array(), start));
    }

    /** @throws CorruptException if the header or the salt is damaged */
    static FrameSalt read(DiskFile file, String path, FileKind kind, long number) throws IOException {
        int version = FileHeader.require(file, path, kind, number);
        if (version < FIRST_VERSION_WITH_SALT) {
            return new FrameSalt(number, FileHeader.BYTES, version);
        }
        if (file.size() < FileHeader.BYTES + BYTES) {
            throw new CorruptException(path, file.size(), "it ends within its salt");
        }
        byte[] bytes = new byte[BYTES];
        file.readFully(bytes, 0, BYTES, FileHeader.BYTES);
        BytesReader in = new BytesReader(bytes);
        long salt = in.readLong();
        if (in.readInt() != checksum(number, bytes, 0)) {
            throw new CorruptException(path, FileHeader.BYTES, "the checksum of its salt is wrong");
        }
        return new FrameSalt(salt, FileHeader.BYTES + BYTES, version);
    }

    private static int checksum(long number, byte[] bytes, int start) {
        return Checksum.crc32c(number, FileHeader.BYTES, bytes, start, Long.BYTES);
    }

    /** Whether no client can guess the salt. */
    boolean isSecret() {
        return version >= FIRST_VERSION_WITH_SALT;
    }
}
