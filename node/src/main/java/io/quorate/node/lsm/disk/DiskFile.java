package io.quorate.node.lsm.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Reads may come from several threads, writes from one. Never interrupt a thread that is in here. */
public interface DiskFile extends AutoCloseable {
    long size() throws IOException;

    /** Reads one or more bytes, perhaps fewer than asked for; -1 at and beyond the end. */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes some bytes, as many as it likes.
     *
     * @throws DiskFullException if there is no space. Then no byte of the source was taken
     */
    int write(ByteBuffer source, long position) throws IOException;

    /**
     * Makes the written bytes durable, and the size if reading needs it. If it fails, it is unknown what is durable. A
     * second call that succeeds proves nothing (Rebello et al., "Can Applications Recover from fsync Failures?", ATC
     * '20): do not call it again.
     */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** Fills {@code count} bytes of the array. */
    default void readFully(byte[] target, int offset, int count, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, count);
        while (buffer.hasRemaining()) {
            if (read(buffer, position + buffer.position() - offset) < 0) {
                throw new EOFException(count + " bytes wanted at " + position + ", the file has " + size());
            }
        }
    }

    /** Writes all of {@code count} bytes. */
    default void writeFully(byte[] source, int offset, int count, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, count);
        while (buffer.hasRemaining()) {
            write(buffer, position + buffer.position() - offset);
        }
    }
}
