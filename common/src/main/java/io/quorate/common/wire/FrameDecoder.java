package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames. Bytes arrive in pieces of any size, and a frame goes on as soon as it is whole.
 * The decoder refuses a frame above the limit by its header, before it keeps anything of it. By the header, too, it
 * asks a {@link FrameAdmission} whether there is memory for a large frame. Each connection has one, on its own thread.
 *
 * <p>Its memory follows the bytes that arrived, not the length that a header claims. It is never more than twice those
 * bytes, nor more than the frame and the last piece. A large buffer is freed as soon as its frame is whole.
 */
public final class FrameDecoder {
    private static final int BODY_BYTES_MIN = FrameFormat.PREFIX_BYTES;

    /** A larger buffer is freed when it is empty, so that one large value does not stay in memory. */
    private static final int BUFFER_KEPT_BYTES_MAX = 128 << 10;

    /** A smaller frame needs no admission. As much comes with each piece that the socket reads. */
    private static final int FREE_BYTES = 4 << 10;

    private final FrameAdmission admission;
    private int frameBytesMax;
    private int protocol = ProtocolRange.SPOKEN.oldest();
    private byte[] pending = new byte[0];
    private int pendingLength;
    /** The length of the frame that {@link #pending} begins with, if its header is there. Otherwise a header's. */
    private int pendingFrameBytes = FrameFormat.HEADER_BYTES;

    /** The length of the frame that was admitted and is not whole yet. Otherwise 0. */
    private int admittedBytes;

    /** How many bytes of a refused frame are still to come. */
    private int bytesToSkip;

    private boolean waiting;

    public FrameDecoder(int frameBytesMax) {
        this(frameBytesMax, FrameAdmission.ANY);
    }

    /** @param admission decides about each large frame by its header */
    public FrameDecoder(int frameBytesMax, FrameAdmission admission) {
        this.frameBytesMax = frameBytesMax;
        this.admission = admission;
    }

    /** Changes the limit for all frames whose header was not read yet. It is small until a handshake is done. */
    public void limit(int newFrameBytesMax) {
        frameBytesMax = newFrameBytesMax;
    }

    /** Reads all later frames in this number of the protocol. Those of a handshake are the same in each. */
    public void protocol(int number) {
        protocol = number;
    }

    /** Whether a frame waits for its admission. Then no more bytes should come, and {@link #resume} asks again. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Asks again for the admission of the frame that waits, and goes on. */
    public void resume(Consumer<Frame> frames) {
        decode(new byte[0], frames);
    }

    /** Gives back what an incomplete frame was charged. The connection has ended. */
    public void close() {
        leave();
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
        int start = skip(0, end);
        int frameBytes = FrameFormat.HEADER_BYTES;
        waiting = false;
        try {
            while (end - start >= FrameFormat.HEADER_BYTES) {
                BytesReader header = new BytesReader(bytes, start, FrameFormat.HEADER_BYTES);
                int length = checkedLength(header.readInt());
                int body = start + FrameFormat.HEADER_BYTES;
                if (length > FREE_BYTES && admittedBytes == 0 && !admit(FrameFormat.HEADER_BYTES + length)) {
                    if (waiting || end - body < FrameFormat.PREFIX_BYTES) {
                        break;
                    }
                    admission.refused(
                            new BytesReader(bytes, body + 1, Long.BYTES).readLong(), FrameFormat.HEADER_BYTES + length);
                    bytesToSkip = FrameFormat.HEADER_BYTES + length;
                    start = skip(start, end);
                    continue;
                }
                if (end - body < length) {
                    frameBytes += length;
                    break;
                }
                leave();
                Frame frame = FrameFormat.readBody(bytes, body, length, header.readInt(), protocol);
                start = body + length;
                frames.accept(frame);
            }
        } finally {
            pendingFrameBytes = frameBytes;
            keep(bytes, start, end);
        }
    }

    private int checkedLength(int length) {
        if (length < BODY_BYTES_MIN || length > frameBytesMax - FrameFormat.HEADER_BYTES) {
            throw new MalformedException("frame of " + Integer.toUnsignedString(length) + " bytes, allowed is "
                    + BODY_BYTES_MIN + " to " + (frameBytesMax - FrameFormat.HEADER_BYTES));
        }
        return length;
    }

    private boolean admit(int frameBytes) {
        switch (admission.admit(frameBytes)) {
            case ADMITTED -> admittedBytes = frameBytes;
            case WAIT -> waiting = true;
            case REFUSED -> {}
        }
        return admittedBytes > 0;
    }

    /** The frame is whole, and another one charges what is in it. */
    private void leave() {
        if (admittedBytes > 0) {
            admission.left(admittedBytes);
            admittedBytes = 0;
        }
    }

    /** Drops what is there of a refused frame. Returns where the next frame starts. */
    private int skip(int start, int end) {
        int skipped = Math.min(bytesToSkip, end - start);
        bytesToSkip -= skipped;
        return start + skipped;
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
