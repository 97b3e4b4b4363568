package io.quorate.node.lsm.disk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One directory. Safe for use by several threads. Methods that create names or write throw {@link DiskFullException} if
 * there is no space. Methods that list names or open files throw {@link OutOfDescriptorsException} if they need a file
 * descriptor and none is free.
 */
public interface Disk {
    int COPIED_AT_ONCE_BYTES = 1 << 20;

    /** Where a file is, for messages. The empty name is the directory itself. */
    String pathOf(String name);

    boolean isDirectory();

    /** Makes the directory and its parents. Does nothing if it exists. Durable after {@link #forceParents}. */
    void createDirectory() throws IOException;

    /** Makes the name of the directory durable, and of those above it that {@link #createDirectory} made. */
    void forceParents() throws IOException;

    /** How large the file system is. */
    long totalBytes() throws IOException;

    /** About how much could be written now. Needs no file descriptor. */
    long usableBytes() throws IOException;

    /** A number that no client can guess. It distinguishes the bytes of one file from those of all others. */
    long newSalt();

    /** The names in the directory, sorted. */
    List<String> list() throws IOException;

    /** Whether there is a file of this name. Needs no file descriptor, and no list of the others. */
    boolean contains(String name) throws IOException;

    /** How long a file is. 0 for a directory, or if there is none of this name. Needs no file descriptor. */
    long bytesOf(String name) throws IOException;

    /** A new, empty file. Its name is durable only after {@link #forceDirectory}. Fails if the name is taken. */
    DiskFile create(String name) throws IOException;

    /** An existing file, for reading and writing. */
    DiskFile open(String name) throws IOException;

    /**
     * Gives a file of this directory the same name in another one, where it must be free. Durable after the other's
     * {@link #forceDirectory}. False, and nothing was done, if the two cannot share files or the file is not there.
     */
    boolean tryLink(String name, Disk other) throws IOException;

    /** A new file with the content of another, durable except for its name. */
    default void copyOf(DiskFile source, String name) throws IOException {
        byte[] piece = new byte[COPIED_AT_ONCE_BYTES];
        long size = source.size();
        try (DiskFile copy = create(name)) {
            for (long at = 0; at < size; at += piece.length) {
                int count = (int) Math.min(piece.length, size - at);
                source.readFully(piece, 0, count, at);
                copy.writeFully(piece, 0, count, at);
            }
            copy.force();
        }
    }

    /** Replaces {@code to} if it exists. After a crash, old or new is there. Durable after {@link #forceDirectory}. */
    void rename(String from, String to) throws IOException;

    /** Durable after {@link #forceDirectory}. */
    void delete(String name) throws IOException;

    /** Like {@link #delete}, if there is such a file. Needs no file descriptor. True if there was one. */
    boolean deleteIfPresent(String name) throws IOException;

    /**
     * Makes every name created, changed and deleted so far durable, but not the contents of files. The holder of a
     * {@link #tryLock} needs no file descriptor for it.
     */
    void forceDirectory() throws IOException;

    /** The exclusive right to the file of this name, which is made if absent. Empty if another process has it. */
    Optional<DiskLock> tryLock(String name) throws IOException;

    /** A right that ends with the process at the latest. */
    interface DiskLock {
        void release() throws IOException;
    }
}
