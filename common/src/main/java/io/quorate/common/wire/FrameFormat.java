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
 * +--------+--------+------+-----------------+------------+---------------------------+
 * | length | crc32c | type | correlation     | [patience  | payload, see MessageCodec |
 * | u32    | u32    | u8   | u64             | ms varint] |                           |
 * +--------+--------+------+-----------------+------------+---------------------------+
 *                   |<----------------------------- length bytes, under the checksum ->|
 * </pre>
 *
 * The sender of a request chooses the correlation, and the reply repeats it. Only a request has the patience, so that
 * the frames of a handshake look the same in every protocol. The payload is of one number of the protocol, on which
 * both sides of a connection agree in the handshake: see {@link ProtocolRange}.
 *
 * <p>Three limits bound the memory that a peer can make this process use: {@link #HANDSHAKE_BYTES_MAX} before the
 * handshake is done, then {@link #REQUEST_BYTES_MAX} or {@link #REPLY_BYTES_MAX} for each connection. A
 * {@link FrameDecoder} takes this memory only as the bytes arrive, and frees it with the frame.
 */
public final class FrameFormat {
    static final int HEADER_BYTES = 8;
    static final int PREFIX_BYTES = 1 + Long.BYTES;

    /** Most bytes of a frame of the handshake: enough for every name and detail, too few to do harm. */
    public static final int HANDSHAKE_BYTES_MAX = 2048;

    /** Most bytes of a frame besides keys and records: more than all its other fields need. */
    private static final int SURROUNDINGS_BYTES_MAX = HEADER_BYTES + PREFIX_BYTES + HANDSHAKE_BYTES_MAX;

    /**
     * Most bytes of a request's frame: keys, and one record with the longest value of any cluster, about 64 MiB. The
     * protocol fixes this limit, and no option changes it. Processes may differ in {@code valueBytesMax}, which the
     * HTTP API alone applies to new values. So every process reads what any other process may send.
     */
    public static final int REQUEST_BYTES_MAX = SURROUNDINGS_BYTES_MAX
            + 2 * Key.BYTES_MAX
            + RecordCodec.PROPOSAL_OVERHEAD_BYTES_MAX
            + RecordCodec.VALUE_BYTES_MAX;

    /**
     * Most bytes of a reply's frame, about 128 MiB. A reply has a register and a proposal to replace it. The reply of a
     * scan is shorter: it has one record, or several up to {@link ScanLimits#BYTES_MAX}.
     */
    public static final int REPLY_BYTES_MAX =
            REQUEST_BYTES_MAX + RecordCodec.OVERHEAD_BYTES_MAX + RecordCodec.VALUE_BYTES_MAX;

    private FrameFormat() {}

    /** Room for any frame with so many bytes of content. */
    public static long bytesAtMost(long contentBytes) {
        return REQUEST_BYTES_MAX - RecordCodec.VALUE_BYTES_MAX + 2L * RecordCodec.OVERHEAD_BYTES_MAX + contentBytes;
    }

    /** Appends one frame, in a number of the protocol. */
    public static void write(BytesWriter out, Frame frame, int protocol) {
        int start = out.length();
        out.writeLong(0);
        out.writeByte(0);
        out.writeLong(frame.correlation());
        if (frame.message() instanceof Message.Request) {
            out.writeVarint(frame.patienceMs());
        }
        int type = MessageCodec.write(out, frame.message(), protocol);
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
    static Frame readBody(byte[] bytes, int offset, int length, int crc, int protocol) {
        int actual = Checksum.crc32c(bytes, offset, length);
        if (actual != crc) {
            throw new MalformedException("frame of " + length + " bytes has checksum " + Integer.toHexString(actual)
                    + ", its header says " + Integer.toHexString(crc));
        }
        BytesReader in = new BytesReader(bytes, offset, length);
        int type = in.readByte();
        long correlation = in.readLong();
        long patienceMs = MessageCodec.isRequest(type) ? in.readVarint() : Frame.ANY_TIME;
        return new Frame(correlation, patienceMs, MessageCodec.read(type, in, protocol));
    }
}
