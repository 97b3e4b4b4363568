package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;

/**
 * A frame: the unit that is appended and made durable.
 *
 * <pre>
 *  0        4        8      9               17            25            33
 * +--------+--------+------+---------------+-------------+-------------+----------------------+
 * | crc32c | length | type | salt          | sequence    | syncedUpTo  | payload              |
 * | u32    | u32    | u8   | u64           | u64         | u64         | length bytes         |
 * +--------+--------+------+---------------+-------------+-------------+----------------------+
 *          |<- under the checksum, which is also seeded with the salt and this offset -------->|
 * </pre>
 *
 * The salt ({@link FrameSalt}) distinguishes the frames of a file from those that an earlier use of it left behind, and
 * from values that look like frames. The sequence counts frames of one file from 0. {@code syncedUpTo} is the offset
 * below which everything had been forced when the frame was written. An invalid frame below the {@code syncedUpTo} of
 * any valid one is rot, not a torn end.
 */
final class LogFrameFormat {
    static final int HEADER_BYTES = 33;
    static final int LENGTH_AT = 4;
    static final int SALT_AT = 9;

    private LogFrameFormat() {}

    /** Reserves a header at the writer's end. */
    static void begin(BytesWriter out, FrameType type, long salt, long sequence, long syncedUpTo) {
        out.writeLong(0);
        out.writeByte(type.code());
        out.writeLong(salt);
        out.writeLong(sequence);
        out.writeLong(syncedUpTo);
    }

    /** Completes the frame that begins at {@code start} in the writer and at {@code offset} in the file. */
    static void end(BytesWriter out, int start, long salt, long offset) {
        out.putIntAt(start + LENGTH_AT, out.length() - start - HEADER_BYTES);
        out.putIntAt(start, checksum(salt, offset, out.array(), start, out.length() - start));
    }

    static int checksum(long salt, long offset, byte[] bytes, int start, int length) {
        return Checksum.crc32c(salt, offset, bytes, start + LENGTH_AT, length - LENGTH_AT);
    }
}
