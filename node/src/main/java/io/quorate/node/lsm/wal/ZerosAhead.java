package io.quorate.node.lsm.wal;

import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import java.io.IOException;

/**
 * Zeros ahead of the frames of a file that has no more space of its own. A file that grows with every force makes the
 * file system commit its metadata with every force. The forces after the zeros touch only data.
 */
final class ZerosAhead {
    private static final byte[] ZEROS = new byte[256 << 10];

    private final DiskFile file;
    private int bytes;
    private long upTo;

    /** @param bytes how far it writes ahead, or 0 */
    ZerosAhead(DiskFile file, int bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.upTo = file.size();
    }

    /** @param newBytes how far it writes ahead from now on, or 0 */
    void setBytes(int newBytes) {
        bytes = newBytes;
    }

    /** The frames end here now. */
    void follow(long end) throws IOException {
        if (end <= upTo) {
            return;
        }
        upTo = end;
        try {
            upTo = write(file, end, bytes);
        } catch (DiskFullException e) {
            // Without the zeros forces take longer. Writes that need the space will find out for themselves.
        }
    }

    /** Writes so many zeros from there on. Returns where they end. */
    static long write(DiskFile file, long from, long count) throws IOException {
        long end = from + count;
        for (long at = from; at < end; at += ZEROS.length) {
            file.writeFully(ZEROS, 0, (int) Math.min(ZEROS.length, end - at), at);
        }
        return end;
    }
}
