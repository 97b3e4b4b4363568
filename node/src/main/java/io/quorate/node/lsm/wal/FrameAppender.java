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
 * <p>A file that gets longer with every force makes the file system commit its metadata with every force. So the
 * appender writes zeros ahead of itself, and forces after that only touch data: about half the time. A recycled file has
 * its whole length already.
 *
 * <p>A frame that is rotten looks like one that a crash tore, unless something later says that it had been forced. The
 * next frame does; until there is one, a voucher does: written after the force, but not forced, since the file system
 * writes it soon anyway. The next frame takes its place.
 */
public final class FrameAppender implements AutoCloseable {
    private static final byte[] ZEROS = new byte[256 << 10];
    private static final int BUFFER_BYTES_KEPT_MAX = 4 << 20;

    private final DiskFile file;
    private final long number;
    private final int zeroAheadBytes;
    private BytesWriter buffer = new BytesWriter(4 << 10);
    private int frameStart;
    private long sequence;
    private long forcedSequence;
    private long forcedUpTo;
    private long allocatedUpTo;
    private boolean vouched;

    private FrameAppender(DiskFile file, long number, int zeroAheadBytes) throws IOException {
        this.file = file;
        this.number = number;
        this.zeroAheadBytes = zeroAheadBytes;
        this.allocatedUpTo = file.size();
    }

    /** Begins a file with its header, which is written with the first frames. What else the file holds is overwritten. */
    public static FrameAppender begin(DiskFile file, FileKind kind, long number, int zeroAheadBytes)
            throws IOException {
        FrameAppender appender = new FrameAppender(file, number, zeroAheadBytes);
        FileHeader.write(appender.buffer, kind, number);
        return appender;
    }

    public long number() {
        return number;
    }

    /** Begins a frame; its payload is to be written to the writer that is returned. */
    public BytesWriter beginFrame(FrameType type) {
        frameStart = buffer.length();
        LogFrameFormat.begin(buffer, type, number, sequence++, forcedUpTo);
        return buffer;
    }

    public void endFrame() {
        LogFrameFormat.end(buffer, frameStart, number, forcedUpTo + frameStart);
    }

    /** Where the next frame would begin. */
    public long end() {
        return forcedUpTo + buffer.length();
    }

    /**
     * Makes all frames so far durable. After a failure the file must not be written again.
     *
     * @throws DiskFullException there is no room for them: surely none of them will ever be read, and the file may be
     *     written again, unless these were its first
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
     * Destroys, durably, the header of frames that were written in part. Left alone they might still be read one day:
     * zeros that were written ahead, or a crash that makes the file longer, can be just the bytes that are missing.
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

    /** Writes, but does not force, a frame that vouches for what was forced. No frame may be collected now. */
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
            // The file is as good without it, but for rot that it would have told from a torn end.
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
            // Forces take longer without them. Whatever needs the room will find out for itself.
        }
    }

    /** {@link #vouch}, durably. */
    public void vouchAndForce() throws IOException {
        vouch();
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
