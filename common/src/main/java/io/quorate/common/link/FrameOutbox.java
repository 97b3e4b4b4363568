package io.quorate.common.link;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.ProtocolRange;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames that wait to be written to one socket.
 *
 * <pre>
 * small frames: encoded at once --- end of the turn ---------------+
 *                                                                  v
 * large frames: wait as messages -- one is encoded --- pieces --> socket
 * </pre>
 *
 * A large frame is encoded only when the socket has written nearly all before it. So a slow peer costs the values
 * themselves, and no copies of them. Small frames overtake the large ones that wait, but not the one that is being
 * written. So heartbeats and small requests wait for one large frame at most.
 *
 * <p>The budget is charged for each large frame until its last byte is written. Used on the socket's event loop only.
 */
final class FrameOutbox {
    /** A frame with more content than this waits as a message. */
    private static final int SMALL_CONTENT_BYTES_MAX = 64 << 10;

    private static final int PIECE_BYTES = 64 << 10;

    /** While the socket has so many bytes to write, no piece of a large frame is added to them. */
    private static final int SOCKET_BYTES_MAX = 256 << 10;

    /** A larger outbox is dropped after its write, so that it does not stay in memory. */
    private static final int KEPT_BYTES_MAX = 256 << 10;

    private static final int BYTES = 16 << 10;

    private final NetSocket socket;
    private final Context context;
    private final MemoryBudget memory;
    private final Queue<Frame> large = new ArrayDeque<>();
    private BytesWriter small = new BytesWriter(BYTES);
    private boolean flushScheduled;
    private boolean writing;
    private boolean closed;

    /** The bytes that the socket got and has not written yet. */
    private long unwrittenBytes;

    /** The content of the large frames of which nothing was written yet. */
    private long largeBytes;

    private BytesWriter current = new BytesWriter(0);
    private int currentWritten;
    private long currentContentBytes;
    private int protocol = ProtocolRange.SPOKEN.oldest();
    private Runnable drained = () -> {};

    FrameOutbox(NetSocket socket, Context context, MemoryBudget memory) {
        this.socket = socket;
        this.context = context;
        this.memory = memory;
    }

    /** Encodes all frames from now on in this number of the protocol. */
    void protocol(int number) {
        protocol = number;
    }

    void add(Frame frame) {
        long contentBytes = frame.message().contentBytes();
        if (contentBytes > SMALL_CONTENT_BYTES_MAX) {
            memory.add(MemoryUse.OUTBOX, contentBytes);
            largeBytes += contentBytes;
            large.add(frame);
        } else {
            encode(small, frame);
        }
        if (small.length() > SOCKET_BYTES_MAX) {
            // Many frames of one turn would make the array grow and copy itself.
            writeSmall();
        } else if (!flushScheduled) {
            flushScheduled = true;
            context.runOnContext(turnEnded -> flush());
        }
    }

    private void encode(BytesWriter out, Frame frame) {
        int before = out.length();
        try {
            FrameFormat.write(out, frame, protocol);
        } catch (RuntimeException | Error e) {
            // Half a frame would make the frames of all others unreadable.
            out.truncate(before);
            throw e;
        }
    }

    private void flush() {
        flushScheduled = false;
        writeOn();
    }

    /** A write that ends at once calls this again from within. The outer loop then goes on. */
    private void writeOn() {
        if (writing) {
            return;
        }
        writing = true;
        writeSmall();
        while (!closed && unwrittenBytes < SOCKET_BYTES_MAX && (isWithinFrame() || begin())) {
            writePiece();
            writeSmall();
        }
        writing = false;
    }

    private boolean isWithinFrame() {
        return currentWritten < current.length();
    }

    /** A small frame never stands within a large one. */
    private void writeSmall() {
        if (small.length() == 0 || isWithinFrame()) {
            return;
        }
        write(Buffer.buffer(small.length()).appendBytes(small.array(), 0, small.length()));
        if (small.array().length > KEPT_BYTES_MAX) {
            small = new BytesWriter(BYTES);
        } else {
            small.clear();
        }
    }

    /** Encodes the next large frame. False if there is none. */
    private boolean begin() {
        Frame next = large.poll();
        if (next == null) {
            return false;
        }
        currentContentBytes = next.message().contentBytes();
        largeBytes -= currentContentBytes;
        current = new BytesWriter(Math.toIntExact(FrameFormat.bytesAtMost(currentContentBytes)));
        currentWritten = 0;
        try {
            encode(current, next);
        } catch (RuntimeException | Error e) {
            // Its sender has gone on. To close the connection reports the message as lost.
            Defects.report(e);
            end();
            socket.close();
            return false;
        }
        return true;
    }

    private void writePiece() {
        int count = Math.min(PIECE_BYTES, current.length() - currentWritten);
        Buffer piece = Buffer.buffer(count).appendBytes(current.array(), currentWritten, count);
        currentWritten += count;
        if (!isWithinFrame()) {
            end();
        }
        write(piece);
    }

    /** The current frame was written, or never will be. */
    private void end() {
        memory.giveBack(MemoryUse.OUTBOX, currentContentBytes);
        currentContentBytes = 0;
        current = new BytesWriter(0);
        currentWritten = 0;
    }

    /** A write fails only when the socket closes. The requests that wait for an answer end by the close. */
    private void write(Buffer bytes) {
        int length = bytes.length();
        unwrittenBytes += length;
        socket.write(bytes).onComplete(written -> {
            unwrittenBytes -= length;
            if (written.succeeded() && !closed) {
                writeOn();
                reportDrained();
            }
        });
    }

    private void reportDrained() {
        if (queuedBytes() < SOCKET_BYTES_MAX) {
            Runnable report = drained;
            drained = () -> {};
            report.run();
        }
    }

    /** How many bytes wait, for the end of the turn or for the peer to read. */
    long queuedBytes() {
        return small.length() + unwrittenBytes + largeBytes + current.length() - currentWritten;
    }

    /** Calls once, when nearly nothing waits. The socket must have something to write. */
    void onceDrained(Runnable report) {
        drained = report;
    }

    /** Writes all frames that wait, however slow the peer is. */
    void writeAll() {
        while (isWithinFrame() || begin()) {
            writePiece();
        }
        writeSmall();
    }

    /** The socket has closed. Nothing is written any more. */
    void close() {
        closed = true;
        large.clear();
        memory.giveBack(MemoryUse.OUTBOX, largeBytes + currentContentBytes);
        largeBytes = 0;
        currentContentBytes = 0;
        current = new BytesWriter(0);
        currentWritten = 0;
        small = new BytesWriter(0);
    }
}
