package io.quorate.node.lsm.wal;

import io.quorate.node.lsm.wal.EndOfLog.Behind;
import java.io.IOException;

/**
 * Looks behind the place where the frames of a file end, for a frame that says that another one was forced here.
 *
 * <ul>
 *   <li>A later frame in its own place says by {@code syncedUpTo} what was durable when it was written.
 *   <li>A frame in a wrong place is a write that the disk misdirected. It was written at its {@code syncedUpTo}: all
 *       frames but the first of a file are. Only files with a secret salt are searched for those. In others a value
 *       could look like one.
 * </ul>
 *
 * The search visits each byte. It computes a checksum only where salt, type, sequence and bounds are right. In a file
 * with a secret salt these are true frames. They do not overlap, so all checksums together cost one pass.
 */
final class LaterFrames {
    private final FrameWindow window;
    private final FrameSalt salt;

    LaterFrames(FrameWindow window, FrameSalt salt) {
        this.window = window;
        this.salt = salt;
    }

    /**
     * The first such frame.
     *
     * @param end where the frames end
     * @param sequence of the frame that would be there
     */
    LaterFrame behind(long end, long sequence) throws IOException {
        long last = window.size() - LogFrameFormat.HEADER_BYTES;
        long offset = end + 1;
        while (offset <= last) {
            offset = window.find(salt.salt(), offset + LogFrameFormat.SALT_AT) - LogFrameFormat.SALT_AT;
            if (offset <= last && window.has(salt.salt(), offset + LogFrameFormat.SALT_AT)) {
                LaterFrame found = judged(FrameHeader.read(window, offset), offset, end, sequence);
                if (found.behind() != Behind.NOTHING) {
                    return found;
                }
                offset++;
            }
        }
        return LaterFrame.NONE;
    }

    private LaterFrame judged(FrameHeader frame, long offset, long end, long sequence) throws IOException {
        if (!frame.isPlausible(salt.salt(), window.size() - offset)) {
            return LaterFrame.NONE;
        }
        boolean follows = frame.sequence() >= sequence
                && frame.sequence() - sequence <= (offset - end) / LogFrameFormat.HEADER_BYTES;
        if (follows
                && frame.syncedUpTo() > end
                && frame.syncedUpTo() <= offset
                && frame.isValid(window, offset, offset)) {
            return new LaterFrame(Behind.FRAME_THAT_NEEDS_IT, offset, offset);
        }
        long place = frame.syncedUpTo();
        boolean misplaced = salt.isSecret() && place >= end && place != offset;
        return misplaced && frame.isValid(window, place, offset)
                ? new LaterFrame(Behind.MISPLACED_FRAME, offset, place)
                : LaterFrame.NONE;
    }
}
