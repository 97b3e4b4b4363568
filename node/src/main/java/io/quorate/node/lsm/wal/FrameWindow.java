package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.node.lsm.disk.DiskFile;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The part of a file that is in memory. It moves along the file. It is as long as the longest frame, or 1 MiB. */
final class FrameWindow {
    private static final int BYTES_MIN = 1 << 20;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final DiskFile file;
    private final long size;
    private byte[] bytes = new byte[0];
    private long start;
    private int length;

    FrameWindow(DiskFile file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** The size of the file. */
    long size() {
        return size;
    }

    /** Brings {@code count} bytes from {@code offset} into the window. The caller knows that the file has them. */
    void load(long offset, int count) throws IOException {
        if (offset >= start && offset + count <= start + length) {
            return;
        }
        int wanted = (int) Math.min(size - offset, Math.max(count, BYTES_MIN));
        if (bytes.length < wanted) {
            bytes = new byte[wanted];
        }
        file.readFully(bytes, 0, wanted, offset);
        start = offset;
        length = wanted;
    }

    /** Loaded bytes. */
    BytesReader read(long offset, int count) {
        return new BytesReader(bytes, at(offset), count);
    }

    /** The checksum of loaded bytes as a frame that belongs at {@code place}. */
    int checksum(long salt, long place, long offset, int count) {
        return LogFrameFormat.checksum(salt, place, bytes, at(offset), count);
    }

    /**
     * The first place from {@code offset} on with this number. If the window has none, the first place not looked at.
     */
    long find(long wanted, long offset) throws IOException {
        load(offset, Long.BYTES);
        int end = length - Long.BYTES;
        int at = at(offset);
        while (at <= end && (long) LONGS.get(bytes, at) != wanted) {
            at++;
        }
        return start + at;
    }

    /** Whether this number is at a loaded place. */
    boolean has(long wanted, long offset) {
        return offset + Long.BYTES <= start + length && (long) LONGS.get(bytes, at(offset)) == wanted;
    }

    private int at(long offset) {
        return (int) (offset - start);
    }
}
