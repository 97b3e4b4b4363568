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
 * <p>A file that grows with every force makes the file system commit its metadata with every force. So the appender
 * writes zeros ahead of itself. The forces after that touch only data, which takes about half the time. A recycled file
 * has its whole length already.
 *
 * <p>A rotten frame looks like a frame that a crash tore, unless something later says that it was forced. The next
 * frame says so. Until there is one, a voucher says so. The voucher is written after the force, but not forced, since
 * the file system writes it soon anyway. The next frame takes its place.
 */
public final class FrameAppender implements AutoCloseable {
    private static final byte[] ZEROS = new byte[256 << 10];
    private static final int BUFFER_BYTES_KEPT_MAX = 4 << 20;

    private final DiskFile file;
    private final long number;
    private final long salt;
    private final int zeroAheadBytes;
    private BytesWriter buffer = new BytesWriter(4 << 10);
    private int frameStart;
    private long sequence;
    private long forcedSequence;
    private long forcedUpTo;
    private long allocatedUpTo;
    private boolean vouched;

    private FrameAppender(DiskFile file, long number, long salt, int zeroAheadBytes) throws IOException {
        this.file = file;
        this.number = number;
        this.salt = salt;
        this.zeroAheadBytes = zeroAheadBytes;
        this.allocatedUpTo = file.size();
    }

    /**
     * Begins a file with its header, which is written with the first frames. The old content of the file is
     * overwritten.
     *
     * @param salt a new one of the disk
     */
    public static FrameAppender begin(DiskFile file, FileKind kind, long number, long salt, int zeroAheadBytes)
            throws IOException {
        FrameAppender appender = new FrameAppender(file, number, salt, zeroAheadBytes);
        FileHeader.write(appender.buffer, kind, number);
        FrameSalt.write(appender.buffer, number, salt);
        return appender;
    }

    public long number() {
        return number;
    }

    /** Begins a frame. The caller writes its payload to the returned writer. */
    public BytesWriter beginFrame(FrameType type) {
        frameStart = buffer.length();
        LogFrameFormat.begin(buffer, type, salt, sequence++, forcedUpTo);
        return buffer;
    }

    public void endFrame() {
        LogFrameFormat.end(buffer, frameStart, salt, forcedUpTo + frameStart);
    }

    /** Where the next frame would begin. */
    public long end() {
        return forcedUpTo + buffer.length();
    }

    /**
     * Makes all frames so far durable. After a failure the file must not be written again.
     *
     * @throws DiskFullException there is no space for them. None of them will ever be read. The file may be written
     *     again, unless these were its first frames
     */
    public void force() throws IOException {
        writeFrames();
        long end = end();
        if (end > allocatedUpTo) {
            allocatedUpTo = end;
            writeZerosAhead();
        }
        file.force();
        forcedUpTo = end;
        forcedSequence = sequence;
        vouched = false;
        clear();
    }

    private void writeFrames() throws IOException {
        ByteBuffer frames = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
        try {
            while (frames.hasRemaining()) {
                file.write(frames, forcedUpTo + frames.position());
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
        sequence = forcedSequence;
        vouched = false;
        if (writtenBytes == 0) {
            return;
        }
        try {
            file.writeFully(ZEROS, 0, Math.min(writtenBytes, LogFrameFormat.HEADER_BYTES), forcedUpTo);
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
            file.writeFully(buffer.array(), 0, buffer.length(), forcedUpTo);
        } catch (DiskFullException e) {
            // The file is good without it. Only rot at its end cannot be distinguished from a torn end.
        }
        buffer.clear();
        sequence = forcedSequence;
    }

    private void writeZerosAhead() throws IOException {
        long zeroedUpTo = allocatedUpTo + zeroAheadBytes;
        try {
            while (allocatedUpTo < zeroedUpTo) {
                int count = (int) Math.min(ZEROS.length, zeroedUpTo - allocatedUpTo);
                file.writeFully(ZEROS, 0, count, allocatedUpTo);
                allocatedUpTo += count;
            }
        } catch (DiskFullException e) {
            // Without the zeros forces take longer. Writes that need the space will find out for themselves.
        }
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
