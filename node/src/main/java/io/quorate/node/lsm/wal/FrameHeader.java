package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import java.io.IOException;

/**
 * The header of a frame, as {@link LogFrameFormat} draws it. It may be any bytes: only the checksum shows that it is a
 * frame. The checksum covers a claimed length, so it costs the more the more is claimed. Judge all else first.
 */
record FrameHeader(int crc, int length, int type, long salt, long sequence, long syncedUpTo) {
    /** Reads any 33 bytes. The caller knows that the file has them. */
    static FrameHeader read(FrameWindow window, long offset) throws IOException {
        window.load(offset, LogFrameFormat.HEADER_BYTES);
        BytesReader in = window.read(offset, LogFrameFormat.HEADER_BYTES);
        return new FrameHeader(in.readInt(), in.readInt(), in.readByte(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Whether there can be such a frame in a file with the salt, with so many bytes from this header on. */
    boolean isPlausible(long fileSalt, long bytesLeft) {
        return salt == fileSalt
                && FrameType.isCode(type)
                && length >= 0
                && length <= bytesLeft - LogFrameFormat.HEADER_BYTES;
    }

    int frameBytes() {
        return LogFrameFormat.HEADER_BYTES + length;
    }

    /**
     * Whether the checksum is that of a frame at {@code place}. Reads the whole frame, which begins at {@code offset}.
     */
    boolean isValid(FrameWindow window, long place, long offset) throws IOException {
        window.load(offset, frameBytes());
        return crc == window.checksum(salt, place, offset, frameBytes());
    }
}
