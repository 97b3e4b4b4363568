package io.quorate.node.lsm.disk;

import java.io.IOException;
import java.util.Random;

/**
 * A file that only takes space. It is deleted when the disk is full. Then there is space for necessary writes: tables
 * that free log segments, deletes, an edit of the manifest, the next start. Safe for use by several threads.
 *
 * <p>It is made once, in steps, and stays for all later starts. It gets its name only once all of it is on disk. It is
 * never needed after a crash, so no directory is forced for it. Its bytes do not compress: a file system that
 * compresses would give them no space.
 */
public final class Ballast {
    static final String NAME = "ballast";
    private static final String NEXT_NAME = "ballast.next";

    /** No more than this part of a small file system. */
    private static final int SHARE_OF_DISK = 32;

    /** How much is written and forced at once, so that the log's forces get in between. */
    private static final int STEP_BYTES = 1 << 20;

    private static final int CHUNK_BYTES = 64 << 10;

    private final Disk disk;
    private final long bytes;
    private DiskFile unfinished;
    private long writtenUpTo;

    private Ballast(Disk disk, long bytes) {
        this.disk = disk;
        this.bytes = bytes;
    }

    /** Whether a file of this name is a ballast, whole or not. */
    public static boolean isName(String name) {
        return name.equals(NAME) || name.equals(NEXT_NAME);
    }

    /** @param bytesMax how large it may be, or 0 for none */
    public static Ballast of(Disk disk, long bytesMax) throws IOException {
        return new Ballast(disk, Math.min(bytesMax, disk.totalBytes() / SHARE_OF_DISK));
    }

    /** Work that writes. */
    public interface BallastWork<T> {
        T run() throws IOException;
    }

    /** Does the work. If it finds no space, does it again without the ballast. For the start, before {@link #of}. */
    public static <T> T orWithout(Disk disk, BallastWork<T> work) throws IOException {
        try {
            return work.run();
        } catch (DiskFullException e) {
            if (!delete(disk)) {
                throw e;
            }
            return work.run();
        }
    }

    /** Deletes it, whole or not. True if there was one. For a directory that no store has open. */
    public static boolean delete(Disk disk) throws IOException {
        boolean whole = disk.deleteIfPresent(NAME);
        boolean unfinished = disk.deleteIfPresent(NEXT_NAME);
        return whole || unfinished;
    }

    /** Whether all of it is there. */
    public synchronized boolean isWhole() throws IOException {
        if (bytes == 0) {
            return true;
        }
        if (!disk.contains(NAME)) {
            return false;
        }
        try (DiskFile file = disk.open(NAME)) {
            return file.size() == bytes;
        }
    }

    /** Whether there is space for it, and for as much again, so that it is not needed again at once. */
    public synchronized boolean fits() throws IOException {
        long writtenBytes = unfinished == null ? 0 : writtenUpTo;
        return disk.usableBytes() + writtenBytes >= 2 * bytes;
    }

    /** Bytes that no file system compresses. Made anew, as a ballast that is whole needs no memory. */
    private static byte[] chunk() {
        byte[] chunk = new byte[CHUNK_BYTES];
        new Random(NAME.hashCode()).nextBytes(chunk);
        return chunk;
    }

    /** Writes and forces a part of it. True when it is whole. */
    public synchronized boolean grow() throws IOException {
        if (unfinished == null) {
            if (isWhole()) {
                return true;
            }
            beginOrGoOn();
        }
        byte[] chunk = chunk();
        long stepEnd = Math.min(bytes, writtenUpTo + STEP_BYTES);
        while (writtenUpTo < stepEnd) {
            int count = (int) Math.min(CHUNK_BYTES, stepEnd - writtenUpTo);
            unfinished.writeFully(chunk, 0, count, writtenUpTo);
            writtenUpTo += count;
        }
        unfinished.force();
        if (writtenUpTo < bytes) {
            return false;
        }
        abandon();
        if (!disk.contains(NEXT_NAME)) {
            return false;
        }
        disk.rename(NEXT_NAME, NAME);
        return true;
    }

    /** Goes on where an earlier start ended. Its last step may not be durable, so that one is made again. */
    private void beginOrGoOn() throws IOException {
        disk.deleteIfPresent(NAME);
        boolean begun = disk.contains(NEXT_NAME);
        unfinished = begun ? disk.open(NEXT_NAME) : disk.create(NEXT_NAME);
        long size = unfinished.size();
        writtenUpTo = size == 0 || size > bytes ? 0 : (size - 1) / STEP_BYTES * STEP_BYTES;
        if (size > bytes) {
            abandon();
            disk.delete(NEXT_NAME);
            unfinished = disk.create(NEXT_NAME);
        }
    }

    /** Gives its space up, whether or not it is whole. */
    public synchronized void release() throws IOException {
        abandon();
        delete(disk);
    }

    /** Closes a ballast that is not whole yet. Another start goes on with it. */
    public synchronized void abandon() throws IOException {
        if (unfinished != null) {
            unfinished.close();
            unfinished = null;
        }
    }
}
