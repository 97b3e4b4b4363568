package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames. Bytes arrive in pieces of any size, and a frame goes on as soon as it is whole.
 * The decoder refuses a frame above the limit by its header, before it keeps anything of it. Each connection has one,
 * on its own thread.
 *
 * <p>Its memory follows the bytes that arrived, not the length that a header claims. It is never more than twice those
 * bytes, nor more than the frame and the last piece. A large buffer is freed as soon as its frame is whole.
 */
public final class FrameDecoder {
    private static final int BODY_BYTES_MIN = FrameFormat.PREFIX_BYTES;

    /** A larger buffer is freed when it is empty, so that one large value does not stay in memory. */
    private static final int BUFFER_KEPT_BYTES_MAX = 1 << 20;

    private int frameBytesMax;
    private byte[] pending = new byte[0];
    private int pendingLength;
    /** The length of the frame that {@link #pending} begins with, if its header is there. Otherwise a header's. */
    private int pendingFrameBytes = FrameFormat.HEADER_BYTES;

    public FrameDecoder(int frameBytesMax) {
        this.frameBytesMax = frameBytesMax;
    }

    /** Changes the limit for all frames whose header was not read yet. It is small until a handshake is done. */
    public void limit(int newFrameBytesMax) {
        frameBytesMax = newFrameBytesMax;
    }

    /**
     * Takes the next bytes of the stream and passes on each frame that they complete. A receiver that throws does not
     * move the decoder's place: the next call goes on behind that frame.
     *
     * @throws MalformedException if the bytes are no frames. The connection cannot be used any more
     */
    public void decode(byte[] chunk, Consumer<Frame> frames) {
        byte[] bytes = chunk;
        int end = chunk.length;
        if (pendingLength > 0) {
            append(chunk);
            bytes = pending;
            end = pendingLength;
        }
        int start = 0;
        int frameBytes = FrameFormat.HEADER_BYTES;
        try {
            while (end - start >= FrameFormat.HEADER_BYTES) {
                BytesReader header = new BytesReader(bytes, start, FrameFormat.HEADER_BYTES);
                int length = header.readInt();
                if (length < BODY_BYTES_MIN || length > frameBytesMax - FrameFormat.HEADER_BYTES) {
                    throw new MalformedException("frame of " + Integer.toUnsignedString(length) + " bytes, allowed is "
                            + BODY_BYTES_MIN + " to " + (frameBytesMax - FrameFormat.HEADER_BYTES));
                }
                int body = start + FrameFormat.HEADER_BYTES;
                if (end - body < length) {
                    frameBytes += length;
                    break;
                }
                Frame frame = FrameFormat.readBody(bytes, body, length, header.readInt());
                start = body + length;
                frames.accept(frame);
            }
        } finally {
            pendingFrameBytes = frameBytes;
            keep(bytes, start, end);
        }
    }

    /** The memory that waits for the rest of a frame. */
    int bufferBytes() {
        return pending.length;
    }

    private void append(byte[] chunk) {
        int needed = pendingLength + chunk.length;
        if (needed > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(needed, Math.min(pending.length * 2, pendingFrameBytes)));
        }
        System.arraycopy(chunk, 0, pending, pendingLength, chunk.length);
        pendingLength = needed;
    }

    private void keep(byte[] bytes, int start, int end) {
        int rest = end - start;
        if (bytes == pending) {
            System.arraycopy(bytes, start, pending, 0, rest);
        } else if (rest > 0) {
            pending = rest > pending.length ? Arrays.copyOfRange(bytes, start, end) : pending;
            System.arraycopy(bytes, start, pending, 0, rest);
        }
        pendingLength = rest;
        if (pending.length > BUFFER_KEPT_BYTES_MAX && pendingFrameBytes <= BUFFER_KEPT_BYTES_MAX) {
            pending = Arrays.copyOf(pending, rest);
        }
    }
}
