package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads frames from the front of one file until the first invalid one. That is the end, unless a later frame says that
 * this place had been forced. Then durable bytes have changed, and the scanner throws {@link CorruptException}.
 *
 * <p>A voucher also says that places before it had been forced. It is the end too, with the same condition: if a later
 * frame says that a frame was forced here, that frame never reached its place. The scanner does not return vouchers.
 */
public final class FrameScanner {
    private final String path;
    private final FrameSalt salt;
    private final FrameWindow window;
    private final LaterFrames later;

    private long position;
    private long framePosition;
    private long sequence;
    private FrameHeader frame;
    private boolean vouchedFor;

    private FrameScanner(DiskFile file, String path, FrameSalt salt) throws IOException {
        this.path = path;
        this.salt = salt;
        this.window = new FrameWindow(file);
        this.later = new LaterFrames(window, path, salt);
        this.position = salt.framesAt();
        this.framePosition = position;
    }

    /**
     * Reads the beginning of the file.
     *
     * @throws CorruptException if it is damaged
     */
    public static FrameScanner open(DiskFile file, String path, FileKind kind, long number) throws IOException {
        return new FrameScanner(file, path, FrameSalt.read(file, path, kind, number));
    }

    /**
     * As {@link #open}. Empty if the beginning of the file is not whole, as that of a segment that was never started.
     */
    static Optional<FrameScanner> ifBegun(DiskFile file, String path, FileKind kind, long number) throws IOException {
        if (!FileHeader.matches(file, kind, number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(file, path, kind, number));
        } catch (CorruptException e) {
            return Optional.empty();
        }
    }

    /** The version of the file's format. */
    public int version() {
        return salt.version();
    }

    /** Goes to the next frame. False at the end. */
    public boolean advance() throws IOException {
        if (!isFrameAt(position)) {
            later.requireNothingSyncedAt(position, sequence);
            return false;
        }
        if (frame.sequence() != sequence) {
            throw new CorruptException(path, position, "frame " + frame.sequence() + " where " + sequence + " is due");
        }
        if (frame.type() == FrameType.VOUCHER.code()) {
            later.requireNothingSyncedAt(position, sequence);
            vouchedFor = true;
            return false;
        }
        sequence++;
        framePosition = position;
        position += frame.frameBytes();
        return true;
    }

    private boolean isFrameAt(long offset) throws IOException {
        long left = window.size() - offset;
        if (left < LogFrameFormat.HEADER_BYTES) {
            return false;
        }
        frame = FrameHeader.read(window, offset);
        return frame.isPlausible(salt.salt(), left) && frame.isValid(window, offset, offset);
    }

    /** The payload of this frame, valid until the next call of {@link #advance}. */
    public BytesReader payload() {
        return window.read(framePosition + LogFrameFormat.HEADER_BYTES, frame.length());
    }

    /** @throws CorruptException if this frame is of another type */
    public BytesReader payload(FrameType expected) {
        if (frame.type() != expected.code()) {
            throw corrupt("frame of type " + frame.type() + " where " + expected + " is due");
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
}
