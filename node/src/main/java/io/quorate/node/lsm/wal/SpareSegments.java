package io.quorate.node.lsm.wal;

import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Old segments that become the next ones of the log. A spare is a segment that the manifest no longer needs, also one
 * of an earlier life of the store. It is renamed and written again from its front. Its blocks are allocated already, so
 * a force of it writes only data. Its old frames have their old salt, so they are not read as new ones.
 *
 * <p>The log thread takes spares, the maintenance thread gives them. Only the first segments of a new store find none,
 * and write zeros ahead of themselves ({@link ZerosAhead}).
 */
final class SpareSegments {
    private static final int SPARES_MAX = 1;

    private final Disk disk;
    private final int segmentBytes;
    private final ConcurrentLinkedQueue<Long> ready = new ConcurrentLinkedQueue<>();

    /** @param segmentBytes about how long a segment gets */
    SpareSegments(Disk disk, int segmentBytes) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
    }

    /** Keeps a segment that, durably, the manifest no longer needs, or deletes it. On the maintenance thread. */
    void retire(long number) throws IOException {
        if (ready.size() < SPARES_MAX && isLong(number)) {
            ready.add(number);
        } else {
            disk.delete(name(number));
        }
    }

    /** A memtable may fill up before its segment does. Then the segment is a bit shorter. */
    private boolean isLong(long number) throws IOException {
        try (DiskFile file = disk.open(name(number))) {
            return file.size() >= segmentBytes / 2;
        }
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** A spare under a new name, or a new file. On the log thread. */
    DiskFile takeAs(String name) throws IOException {
        Long spare = ready.peek();
        return spare == null ? disk.create(name) : renamed(name(spare), name);
    }

    /** Opens the spare segment before it gets its new name. So a shortage of file descriptors changes nothing. */
    private DiskFile renamed(String spare, String name) throws IOException {
        DiskFile file = disk.open(spare);
        try {
            disk.rename(spare, name);
        } catch (ShortageException e) {
            file.close();
            throw e;
        }
        ready.remove();
        return file;
    }

    private static String name(long number) {
        return FileName.log(number).toString();
    }
}
