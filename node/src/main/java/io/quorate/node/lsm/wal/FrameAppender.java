package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;

/**
 * Writes frames to one file. Frames collect in memory until {@link #force}. Used by one thread at a time.
 *
 * <p>A file that gets longer with every force makes the file system commit its metadata with every force. So the
 * appender writes zeros ahead of itself, and forces after that only touch data: about half the time. A recycled file has
 * its whole length already.
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
    private long forcedUpTo;
    private long allocatedUpTo;

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
        FrameFormat.begin(buffer, type, number, sequence++, forcedUpTo);
        return buffer;
    }

    public void endFrame() {
        FrameFormat.end(buffer, frameStart, number, forcedUpTo + frameStart);
    }

    /** Where the next frame would begin. */
    public long end() {
        return forcedUpTo + buffer.length();
    }

    /** Makes all frames so far durable. After a failure the file must not be written again. */
    public void force() throws IOException {
        file.writeFully(buffer.array(), 0, buffer.length(), forcedUpTo);
        long end = end();
        if (end > allocatedUpTo) {
            allocatedUpTo = end;
            writeZerosAhead();
        }
        file.force();
        forcedUpTo = end;
        buffer.clear();
        if (buffer.array().length > BUFFER_BYTES_KEPT_MAX) {
            buffer = new BytesWriter(4 << 10);
        }
    }

    private void writeZerosAhead() throws IOException {
        long zeroedUpTo = allocatedUpTo + zeroAheadBytes;
        while (allocatedUpTo < zeroedUpTo) {
            int count = (int) Math.min(ZEROS.length, zeroedUpTo - allocatedUpTo);
            file.writeFully(ZEROS, 0, count, allocatedUpTo);
            allocatedUpTo += count;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
