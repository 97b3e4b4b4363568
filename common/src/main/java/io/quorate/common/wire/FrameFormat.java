package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;

/**
 * A message in a frame, which gives its length and a checksum.
 *
 * <pre>
 *  0        4        8      9                 17
 * +--------+--------+------+-----------------+---------------------------+
 * | length | crc32c | type | correlation     | payload, see MessageCodec |
 * | u32    | u32    | u8   | u64             |                           |
 * +--------+--------+------+-----------------+---------------------------+
 *                   |<---------------- length bytes, under the checksum ->|
 * </pre>
 *
 * The sender of a request chooses the correlation, and the reply repeats it.
 */
public final class FrameFormat {
    static final int HEADER_BYTES = 8;
    static final int PREFIX_BYTES = 1 + Long.BYTES;

    /** Most bytes of a frame of the handshake: enough for every name and detail, too few to do harm. */
    public static final int HANDSHAKE_BYTES_MAX = 2048;

    /** Most bytes of a frame besides keys and records: more than all its other fields need. */
    private static final int SURROUNDINGS_BYTES_MAX = HEADER_BYTES + PREFIX_BYTES + HANDSHAKE_BYTES_MAX;

    private FrameFormat() {}

    /** Most bytes of a request's frame in a cluster whose values have at most {@code valueBytesMax} bytes. */
    public static int requestBytesMax(int valueBytesMax) {
        return SURROUNDINGS_BYTES_MAX + 2 * Key.BYTES_MAX + RecordCodec.PROPOSAL_OVERHEAD_BYTES_MAX + valueBytesMax;
    }

    /**
     * Most bytes of a reply's frame in such a cluster. A reply has a register and a proposal to replace it. Or it is
     * the reply of a scan, with one record, or with several up to a bound.
     */
    public static int replyBytesMax(int valueBytesMax) {
        int both = requestBytesMax(valueBytesMax) + RecordCodec.OVERHEAD_BYTES_MAX + valueBytesMax;
        return Math.max(both, SURROUNDINGS_BYTES_MAX + ScanLimits.BYTES_MAX);
    }

    /** Appends one frame. */
    public static void write(BytesWriter out, long correlation, Message message) {
        int start = out.length();
        out.writeLong(0);
        out.writeByte(0);
        out.writeLong(correlation);
        int type = MessageCodec.write(out, message);
        out.array()[start + HEADER_BYTES] = (byte) type;
        int length = out.length() - start - HEADER_BYTES;
        out.putIntAt(start, length);
        out.putIntAt(start + 4, Checksum.crc32c(out.array(), start + HEADER_BYTES, length));
    }

    /**
     * Reads the body of one frame.
     *
     * @throws MalformedException if the checksum or the message is wrong
     */
    static Frame readBody(byte[] bytes, int offset, int length, int crc) {
        int actual = Checksum.crc32c(bytes, offset, length);
        if (actual != crc) {
            throw new MalformedException("frame of " + length + " bytes has checksum " + Integer.toHexString(actual)
                    + ", its header says " + Integer.toHexString(crc));
        }
        BytesReader in = new BytesReader(bytes, offset, length);
        int type = in.readByte();
        long correlation = in.readLong();
        return new Frame(correlation, MessageCodec.read(type, in));
    }
}
