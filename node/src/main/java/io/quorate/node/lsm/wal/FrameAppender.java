package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes frames to one file. Frames collect in memory until {@link #force}. Used by one thread at a time.
 *
 * <pre>
 * file    header | frame | frame |                      zeros, or an earlier use of the file
 *                                ^ committed
 * memory                         | frame | frame | open frame
 *                                                ^ pending
 * </pre>
 *
 * All frames before the committed position are durable. A force commits the pending position. If the disk is full, the
 * pending position falls back to the committed one.
 *
 * <p>A rotten frame looks like a frame that a crash tore, unless something later says that it was forced. The next
 * frame says so. Until there is one, a voucher says so. The voucher is written after the force, but not forced, since
 * the file system writes it soon anyway. The next frame takes its place.
 */
public final class FrameAppender implements AutoCloseable {
    private static final byte[] NO_HEADER = new byte[LogFrameFormat.HEADER_BYTES];
    private static final int BUFFER_BYTES_KEPT_MAX = 4 << 20;

    private final DiskFile file;
    private final long number;
    private final long salt;
    private final ZerosAhead zeros;
    private BytesWriter buffer = new BytesWriter(4 << 10);
    private FramePosition committed = FramePosition.START;
    private FramePosition pending;
    private boolean vouched;

    private FrameAppender(DiskFile file, FileKind kind, long number, long salt, int zeroAheadBytes) throws IOException {
        this.file = file;
        this.number = number;
        this.salt = salt;
        this.zeros = new ZerosAhead(file, zeroAheadBytes);
        FileHeader.write(buffer, kind, number);
        FrameSalt.write(buffer, number, salt);
        this.pending = committed.behindHeader(buffer.length());
    }

    /**
     * Begins a file with its header, which is written with the first frames. The old content of the file is
     * overwritten.
     *
     * @param salt a new one of the disk
     */
    public static FrameAppender begin(DiskFile file, FileKind kind, long number, long salt, int zeroAheadBytes)
            throws IOException {
        return new FrameAppender(file, kind, number, salt, zeroAheadBytes);
    }

    public long number() {
        return number;
    }

    /** @param bytes how far forces write zeros ahead of the frames from now on, or 0 */
    void setZeroAheadBytes(int bytes) {
        zeros.setBytes(bytes);
    }

    /** Begins a frame. The caller writes its payload to the returned writer. */
    public BytesWriter beginFrame(FrameType type) {
        LogFrameFormat.begin(buffer, type, salt, pending.frames(), committed.offset());
        return buffer;
    }

    public void endFrame() {
        int start = (int) (pending.offset() - committed.offset());
        LogFrameFormat.end(buffer, start, salt, pending.offset());
        pending = pending.behindFrame(buffer.length() - start);
    }

    /** Where the next frame would begin. A frame that is not ended yet counts. */
    public long end() {
        return committed.offset() + buffer.length();
    }

    /**
     * Makes all frames so far durable. After a failure the file must not be written again.
     *
     * @throws DiskFullException there is no space for them. None of them will ever be read. The file may be written
     *     again, unless these were its first frames
     */
    public void force() throws IOException {
        writeFrames();
        zeros.follow(pending.offset());
        file.force();
        committed = pending;
        vouched = false;
        clear();
    }

    private void writeFrames() throws IOException {
        ByteBuffer frames = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
        try {
            while (frames.hasRemaining()) {
                file.write(frames, committed.offset() + frames.position());
            }
        } catch (DiskFullException e) {
            takeBack(frames.position());
            throw e;
        }
    }

    /**
     * Destroys, durably, the header of frames that were written in part. Otherwise a later start might read them. The
     * missing bytes can be zeros that were written ahead, or zeros of a crash that makes the file longer.
     */
    private void takeBack(int writtenBytes) throws IOException {
        clear();
        pending = committed;
        vouched = false;
        if (writtenBytes == 0) {
            return;
        }
        try {
            file.writeFully(NO_HEADER, 0, Math.min(writtenBytes, NO_HEADER.length), committed.offset());
        } catch (DiskFullException e) {
            throw new IOException("frames that did not fit could not be taken back", e);
        }
        file.force();
    }

    private void clear() {
        buffer.clear();
        if (buffer.array().length > BUFFER_BYTES_KEPT_MAX) {
            buffer = new BytesWriter(4 << 10);
        }
    }

    /** Writes, but does not force, a frame that vouches for the forced ones. No frame may be collected now. */
    public void vouch() throws IOException {
        if (vouched) {
            return;
        }
        vouched = true;
        beginFrame(FrameType.VOUCHER);
        endFrame();
        try {
            file.writeFully(buffer.array(), 0, buffer.length(), committed.offset());
        } catch (DiskFullException e) {
            // The file is good without it. Only rot at its end cannot be distinguished from a torn end.
        }
        buffer.clear();
        pending = committed;
    }

    /** Does a {@link #vouch}, durably. */
    public void vouchAndForce() throws IOException {
        vouch();
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
