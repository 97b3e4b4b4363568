package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.wal.EndOfLog.Place;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads frames from the front of one file up to their end. {@link EndOfLog} says what the end means. The scanner throws
 * {@link CorruptException} if durable bytes have changed. It does not return vouchers.
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
    private EndOfLog verdict = EndOfLog.GOES_ON;

    private FrameScanner(DiskFile file, String path, FrameSalt salt) throws IOException {
        this.path = path;
        this.salt = salt;
        this.window = new FrameWindow(file);
        this.later = new LaterFrames(window, salt);
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

    /**
     * Goes to the next frame. False at the end.
     *
     * @throws CorruptException if the frames do not end where they did
     */
    public boolean advance() throws IOException {
        Place place = placeAt(position);
        LaterFrame found =
                switch (place) {
                    case NEXT_FRAME, FRAME_OUT_OF_TURN -> LaterFrame.NONE;
                    case VOUCHER, NO_VALID_FRAME -> later.behind(position, sequence);
                };
        verdict = EndOfLog.of(place, found.behind());
        return switch (verdict) {
            case GOES_ON -> {
                sequence++;
                framePosition = position;
                position += frame.frameBytes();
                yield true;
            }
            case WHOLE, TORN -> false;
            case LOST_WRITES -> throw new CorruptException(path, position, "no valid frame, " + found.says());
            case DAMAGED ->
                throw new CorruptException(
                        path, position, "frame " + frame.sequence() + " where " + sequence + " is due");
        };
    }

    private Place placeAt(long offset) throws IOException {
        if (!isFrameAt(offset)) {
            return Place.NO_VALID_FRAME;
        }
        if (frame.sequence() != sequence) {
            return Place.FRAME_OUT_OF_TURN;
        }
        return frame.type() == FrameType.VOUCHER.code() ? Place.VOUCHER : Place.NEXT_FRAME;
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

    /** The verdict on the last place that {@link #advance} looked at. */
    public EndOfLog verdict() {
        return verdict;
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
