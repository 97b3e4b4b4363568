package io.quorate.common.link;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameAdmission;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.MemoryRejection;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.ProtocolRange;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A socket that sends and receives frames. All small frames of one turn of the event loop leave in one write at its
 * end, so many messages cost one system call. {@link FrameOutbox} paces the large ones. Used on the socket's event loop
 * only.
 */
public final class FramedSocket {
    /** Bytes that may wait for a slow peer before {@link #isCongested}. */
    private static final int QUEUED_BYTES_MAX = 16 << 20;

    /** A frame that waits for memory is asked about again after this time. */
    private static final long ADMISSION_RETRY_MS = 5;

    private static final byte[] NOTHING = {};

    /** The records of TLS by which the other side may begin: an alert, or the first message of a handshake. */
    private static final byte TLS_ALERT = 21;

    private static final byte TLS_HANDSHAKE = 22;
    private static final byte TLS_MAJOR = 3;

    private final NetSocket socket;
    private final MemoryBudget memory;
    private final Context context;
    private final FrameDecoder decoder;
    private final FrameOutbox outbox;
    private boolean waitsForMemory;
    private boolean waitsForReader;
    private boolean closing;
    private boolean begun;
    private Consumer<Frame> frameHandler;
    private int protocol = ProtocolRange.SPOKEN.oldest();

    /** Starts to read at once, without a bound on the memory of all connections together. */
    public FramedSocket(
            NetSocket socket, Context context, Consumer<Frame> frameHandler, Consumer<MalformedException> malformed) {
        this(socket, context, frameHandler, malformed, MemoryBudget.unlimited(), ReadingSide.CALLER);
    }

    /** Which side of the connection this process is. */
    public enum ReadingSide {
        /** It reads replies. It always goes on reading, and drops a reply that it has no memory for. */
        CALLER,
        /** It reads requests. While it has no memory for a request, it stops reading. */
        LISTENER
    }

    /**
     * Starts to read at once. Until {@link #limit}, frames have at most {@link FrameFormat#HANDSHAKE_BYTES_MAX} bytes.
     *
     * <p>The two sides never wait for each other. A listener waits only for its own disk, and for the caller to read
     * replies. The caller always reads them.
     *
     * @param memory is charged for large frames, from the header to the last byte. A dropped frame counts as rejected
     * @param malformed gets the reason, before the socket closes, when the peer sends no valid frame
     */
    public FramedSocket(
            NetSocket socket,
            Context context,
            Consumer<Frame> frameHandler,
            Consumer<MalformedException> malformed,
            MemoryBudget memory,
            ReadingSide side) {
        this.memory = memory;
        this.socket = Objects.requireNonNull(socket);
        this.context = context;
        this.frameHandler = frameHandler;
        this.outbox = new FrameOutbox(socket, context, memory);
        this.decoder = new FrameDecoder(FrameFormat.HANDSHAKE_BYTES_MAX, new InboxAdmission(side));
        socket.handler(chunk -> decode(chunk.getBytes(), malformed));
        closeHandler(() -> {});
    }

    /** Runs an action when the socket has closed. */
    public void closeHandler(Runnable action) {
        socket.closeHandler(closed -> {
            closing = true;
            decoder.close();
            outbox.close();
            action.run();
        });
    }

    private void decode(byte[] chunk, Consumer<MalformedException> malformed) {
        if (closing) {
            return;
        }
        try {
            refuseTls(chunk);
            decoder.decode(chunk, this::handle);
            if (decoder.isWaiting() && !waitsForMemory) {
                waitsForMemory = true;
                socket.pause();
                context.owner().setTimer(ADMISSION_RETRY_MS, due -> askAgain(malformed));
            }
        } catch (MalformedException e) {
            malformed.accept(e);
            closing = true;
            socket.close();
        }
    }

    /** No frame begins like that, so this only gives the error a better name. */
    private void refuseTls(byte[] chunk) {
        boolean isFirst = !begun && chunk.length > 1;
        begun |= isFirst;
        if (isFirst && (chunk[0] == TLS_ALERT || chunk[0] == TLS_HANDSHAKE) && chunk[1] == TLS_MAJOR) {
            throw new MalformedException("it speaks TLS, and this process does not (option tlsCertificate)");
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

    private void askAgain(Consumer<MalformedException> malformed) {
        if (!closing) {
            waitsForMemory = false;
            decode(NOTHING, malformed);
            readOn();
        }
    }

    private void readOn() {
        if (!waitsForMemory && !waitsForReader && !closing) {
            socket.resume();
        }
    }

    /** Charges the memory budget for frames that come in. */
    private final class InboxAdmission implements FrameAdmission {
        /** The bytes that arrive, and the message that is made of them. */
        private static final long COPIES = 2;

        private final ReadingSide side;

        private final MemoryRejection rejection;

        InboxAdmission(ReadingSide side) {
            this.side = side;
            this.rejection = new MemoryRejection(
                    switch (side) {
                        case CALLER -> "the process that asked";
                        case LISTENER -> "this replica";
                    },
                    memory);
        }

        @Override
        public AdmissionVerdict admit(int frameBytes) {
            long bytes = COPIES * frameBytes;
            boolean waits = side == ReadingSide.LISTENER && memory.canEverHold(MemoryUse.INBOX, bytes);
            if (waits ? memory.tryAddQuietly(MemoryUse.INBOX, bytes) : memory.tryAdd(MemoryUse.INBOX, bytes)) {
                return AdmissionVerdict.ADMITTED;
            }
            return waits ? AdmissionVerdict.WAIT : AdmissionVerdict.REFUSED;
        }

        @Override
        public void refused(long correlation, int frameBytes) {
            Rejected rejected = rejection.of(MemoryUse.INBOX, frameBytes, COPIES * frameBytes);
            switch (side) {
                case CALLER -> handle(new Frame(correlation, rejected));
                case LISTENER -> send(correlation, rejected);
            }
        }

        @Override
        public void left(int frameBytes) {
            memory.giveBack(MemoryUse.INBOX, COPIES * frameBytes);
        }
    }

    /** Gives all later frames to another handler, after the handshake. */
    public void handler(Consumer<Frame> newFrameHandler) {
        frameHandler = newFrameHandler;
    }

    /** Writes and reads all later frames in this number of the protocol, after the handshake. */
    public void protocol(int number) {
        protocol = number;
        decoder.protocol(number);
        outbox.protocol(number);
    }

    /** The number of the protocol in which frames are written and read. */
    public int protocol() {
        return protocol;
    }

    /** Sets the largest frame that is read. */
    public void limit(int frameBytesMax) {
        decoder.limit(frameBytesMax);
    }

    public void send(long correlation, Message message) {
        send(new Frame(correlation, message));
    }

    public void send(Frame frame) {
        if (!closing) {
            outbox.add(frame);
        }
    }

    /** How many bytes wait: for the end of this turn, or for the peer to read. */
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    /** Whether the peer reads too slowly to get more for now. */
    public boolean isCongested() {
        return outbox.queuedBytes() > QUEUED_BYTES_MAX;
    }

    /** Stops reading until the peer has read what waits for it. */
    public void pauseUntilDrained() {
        waitsForReader = true;
        socket.pause();
        outbox.onceDrained(() -> {
            waitsForReader = false;
            readOn();
        });
    }

    /** Whether it has closed, or is about to. */
    public boolean isClosing() {
        return closing;
    }

    /** Sends the frames that wait, and closes. */
    public void close() {
        if (!closing) {
            outbox.writeAll();
            closing = true;
            socket.close();
        }
    }
}
