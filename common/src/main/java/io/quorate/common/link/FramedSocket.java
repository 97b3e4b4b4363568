package io.quorate.common.link;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A socket that sends and receives frames. All frames of one turn of the event loop leave in one write at its end, so
 * many small messages cost one system call. Used on the socket's event loop only.
 */
public final class FramedSocket {
    /** Bytes that may wait for a slow peer before {@link #isCongested}. */
    private static final int QUEUED_BYTES_MAX = 16 << 20;

    /** A larger outbox is dropped after its write, so that one large value does not stay in memory. */
    private static final int OUTBOX_KEPT_BYTES_MAX = 1 << 20;

    private static final int OUTBOX_BYTES = 16 << 10;

    private final NetSocket socket;
    private final Context context;
    private final FrameDecoder decoder;
    private BytesWriter outbox = new BytesWriter(OUTBOX_BYTES);
    private long unwrittenBytes;
    private boolean flushScheduled;
    private boolean closing;
    private Consumer<Frame> frameHandler;

    /**
     * Starts to read at once. Until {@link #limit}, frames have at most {@link FrameFormat#HANDSHAKE_BYTES_MAX} bytes.
     *
     * @param malformed gets the reason, before the socket closes, when the peer sends no valid frame
     */
    public FramedSocket(
            NetSocket socket, Context context, Consumer<Frame> frameHandler, Consumer<MalformedException> malformed) {
        this.socket = Objects.requireNonNull(socket);
        this.context = context;
        this.frameHandler = frameHandler;
        this.decoder = new FrameDecoder(FrameFormat.HANDSHAKE_BYTES_MAX);
        socket.setWriteQueueMaxSize(QUEUED_BYTES_MAX);
        socket.handler(chunk -> decode(chunk, malformed));
    }

    private void decode(Buffer chunk, Consumer<MalformedException> malformed) {
        if (closing) {
            return;
        }
        try {
            decoder.decode(chunk.getBytes(), this::handle);
        } catch (MalformedException e) {
            malformed.accept(e);
            closing = true;
            socket.close();
        }
    }

    /** One chunk may hold many frames. Those after the one that closed the socket count for nothing. */
    private void handle(Frame frame) {
        if (closing) {
            return;
        }
        try {
            frameHandler.accept(frame);
        } catch (RuntimeException | Error e) {
            // The handler of one frame may fail. The frames behind it belong to other requests.
            Defects.report(e);
        }
    }

    /** Gives all later frames to another handler, after the handshake. */
    public void handler(Consumer<Frame> newFrameHandler) {
        frameHandler = newFrameHandler;
    }

    /** Sets the largest frame that is read. */
    public void limit(int frameBytesMax) {
        decoder.limit(frameBytesMax);
    }

    public void send(long correlation, Message message) {
        if (closing) {
            return;
        }
        int before = outbox.length();
        try {
            FrameFormat.write(outbox, correlation, message);
        } catch (RuntimeException | Error e) {
            // Half a frame would make the frames of all others unreadable.
            outbox.truncate(before);
            throw e;
        }
        if (!flushScheduled) {
            flushScheduled = true;
            context.runOnContext(turnEnded -> flush());
        }
    }

    private void flush() {
        flushScheduled = false;
        if (outbox.length() == 0) {
            return;
        }
        Buffer bytes = Buffer.buffer(outbox.length()).appendBytes(outbox.array(), 0, outbox.length());
        if (outbox.length() > OUTBOX_KEPT_BYTES_MAX) {
            outbox = new BytesWriter(OUTBOX_BYTES);
        } else {
            outbox.clear();
        }
        // A write fails only when the socket closes. The requests that wait for an answer end by the close.
        int length = bytes.length();
        unwrittenBytes += length;
        socket.write(bytes).onComplete(written -> unwrittenBytes -= length);
    }

    /** How many bytes wait: for the end of this turn, or for the peer to read. */
    public long queuedBytes() {
        return outbox.length() + unwrittenBytes;
    }

    /** Whether the peer reads too slowly to get more for now. */
    public boolean isCongested() {
        return socket.writeQueueFull() || outbox.length() > QUEUED_BYTES_MAX;
    }

    /** Stops reading until the socket has written all that waits. */
    public void pauseUntilDrained() {
        socket.pause();
        socket.drainHandler(drained -> socket.resume());
    }

    /** Sends the frames that wait, and closes. */
    public void close() {
        if (!closing) {
            flush();
            closing = true;
            socket.close();
        }
    }
}
