package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import java.io.IOException;

/**
 * Reads frames from the front of one file until the first invalid one. That is the end, unless a later frame says that
 * this place had been forced. Then durable bytes have changed, and the scanner throws {@link CorruptException}.
 *
 * <p>A voucher also says that places before it had been forced. It is the end too, with the same condition: if a later
 * frame says that a frame was forced here, that frame never reached its place. The scanner does not return vouchers.
 */
public final class FrameScanner {
    private static final int WINDOW_BYTES_MIN = 1 << 20;

    private final DiskFile file;
    private final String path;
    private final long number;
    private final long size;
    private byte[] window = new byte[0];
    private long windowStart;
    private int windowLength;

    private long position = FileHeader.BYTES;
    private long framePosition = FileHeader.BYTES;
    private long sequence;
    private int type;
    private int payloadStart;
    private int payloadLength;
    private boolean vouchedFor;

    /** @param number the file's number, which the caller has found in its header */
    public FrameScanner(DiskFile file, String path, long number) throws IOException {
        this.file = file;
        this.path = path;
        this.number = number;
        this.size = file.size();
    }

    /** Goes to the next frame. False at the end. */
    public boolean advance() throws IOException {
        if (!isFrameAt(position)) {
            requireNothingSyncedAfter(position);
            return false;
        }
        int at = (int) (position - windowStart);
        BytesReader header = new BytesReader(window, at + LogFrameFormat.LENGTH_AT, LogFrameFormat.HEADER_BYTES - 4);
        payloadLength = header.readInt();
        type = header.readByte();
        header.readLong();
        long found = header.readLong();
        if (found != sequence) {
            throw new CorruptException(path, position, "frame " + found + " where " + sequence + " is due");
        }
        if (type == FrameType.VOUCHER.code()) {
            requireNothingSyncedAfter(position);
            vouchedFor = true;
            return false;
        }
        payloadStart = at + LogFrameFormat.HEADER_BYTES;
        sequence++;
        framePosition = position;
        position += LogFrameFormat.HEADER_BYTES + payloadLength;
        return true;
    }

    /** The payload of this frame, valid until the next call of {@link #advance}. */
    public BytesReader payload() {
        return new BytesReader(window, payloadStart, payloadLength);
    }

    /** @throws CorruptException if this frame is of another type */
    public BytesReader payload(FrameType expected) {
        if (type != expected.code()) {
            throw corrupt("frame of type " + type + " where " + expected + " is due");
        }
        return payload();
    }

    /** Whether the end was a voucher. Then no frame is missing behind it. */
    public boolean isVouchedFor() {
        return vouchedFor;
    }

    /** Where the valid frames so far end, without the voucher. */
    public long end() {
        return position;
    }

    /** An exception that names the current frame. */
    public CorruptException corrupt(String what) {
        return new CorruptException(path, framePosition, what);
    }

    private boolean isFrameAt(long offset) throws IOException {
        if (size - offset < LogFrameFormat.HEADER_BYTES) {
            return false;
        }
        load(offset, LogFrameFormat.HEADER_BYTES);
        int at = (int) (offset - windowStart);
        BytesReader header = new BytesReader(window, at, LogFrameFormat.HEADER_BYTES);
        int crc = header.readInt();
        int length = header.readInt();
        header.readByte();
        if (header.readLong() != number || length < 0 || length > size - offset - LogFrameFormat.HEADER_BYTES) {
            return false;
        }
        int frameBytes = LogFrameFormat.HEADER_BYTES + length;
        load(offset, frameBytes);
        return crc == LogFrameFormat.checksum(number, offset, window, (int) (offset - windowStart), frameBytes);
    }

    private void requireNothingSyncedAfter(long invalid) throws IOException {
        for (long offset = invalid + 1; size - offset >= LogFrameFormat.HEADER_BYTES; offset++) {
            load(offset, LogFrameFormat.HEADER_BYTES);
            int at = (int) (offset - windowStart);
            if (longAt(at + LogFrameFormat.NUMBER_AT) == number && isFrameAt(offset)) {
                requireNotSynced(invalid, offset);
            }
        }
    }

    private void requireNotSynced(long invalid, long offset) {
        int at = (int) (offset - windowStart);
        long syncedUpTo = longAt(at + LogFrameFormat.HEADER_BYTES - Long.BYTES);
        if (syncedUpTo > invalid) {
            throw new CorruptException(
                    path, invalid, "no valid frame, though the one at " + offset + " says that it was durable here");
        }
    }

    private long longAt(int at) {
        return new BytesReader(window, at, Long.BYTES).readLong();
    }

    /** Brings {@code count} bytes from {@code offset} into the window. The caller knows that the file has them. */
    private void load(long offset, int count) throws IOException {
        if (offset >= windowStart && offset + count <= windowStart + windowLength) {
            return;
        }
        int length = (int) Math.min(size - offset, Math.max(count, WINDOW_BYTES_MIN));
        if (window.length < length) {
            window = new byte[length];
        }
        file.readFully(window, 0, length, offset);
        windowStart = offset;
        windowLength = length;
    }
}
