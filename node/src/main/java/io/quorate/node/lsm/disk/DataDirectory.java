package io.quorate.node.lsm.disk;

import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import java.io.IOException;

/** The right to use a data directory. Only one instance of it exists, in this process and all others. */
public final class DataDirectory implements AutoCloseable {
    /** The file that carries the lock. It is empty and stays when the lock is released. */
    public static final String LOCK_NAME = "LOCK";

    private final Disk disk;
    private final Disk.DiskLock lock;

    private DataDirectory(Disk disk, Disk.DiskLock lock) {
        this.disk = disk;
        this.lock = lock;
    }

    /**
     * An existing directory.
     *
     * @throws CannotOpenException if there is none, or it is in use
     */
    public static DataDirectory open(Disk disk) throws IOException {
        if (!disk.isDirectory()) {
            throw new CannotOpenException(
                    OpenFailure.MISSING,
                    "there is no data directory " + disk.pathOf("")
                            + ". If this is a new node of a new cluster, start it with --init; if it lost its disk, it"
                            + " must not come back under its old name, because it has forgotten writes that it acknowledged");
        }
        return lock(disk);
    }

    /**
     * A directory that is made, durably, if there is none.
     *
     * @throws CannotOpenException if it is in use
     */
    public static DataDirectory create(Disk disk) throws IOException {
        disk.createDirectory();
        disk.forceParents();
        return lock(disk);
    }

    private static DataDirectory lock(Disk disk) throws IOException {
        Disk.DiskLock lock = disk.tryLock(LOCK_NAME)
                .orElseThrow(() -> new CannotOpenException(
                        OpenFailure.LOCKED,
                        "another process uses the data directory " + disk.pathOf("") + " (it holds the lock on "
                                + LOCK_NAME + "). Stop it first, or give this node a directory of its own"));
        return new DataDirectory(disk, lock);
    }

    public Disk disk() {
        return disk;
    }

    @Override
    public void close() throws IOException {
        lock.release();
    }
}
