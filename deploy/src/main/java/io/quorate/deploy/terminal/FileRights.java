package io.quorate.deploy.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read and write a file. Symbolic links are followed: Kubernetes mounts a Secret behind two of them.
 *
 * @param owner its name, or its number without one
 * @param ownership how the owner stands to this process
 */
public record FileRights(String owner, FileOwner ownership, Set<PosixFilePermission> mode) {
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;

    /** Whose a file is. */
    public enum FileOwner {
        /** The user of this process. */
        SELF,
        /** It may do everything anyway. */
        ROOT,
        STRANGER
    }

    /** Empty where files have no owner and mode, as on Windows. */
    public static Optional<FileRights> of(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return Optional.empty();
        }
        PosixFileAttributes attributes = view.readAttributes();
        return Optional.of(
                new FileRights(attributes.owner().getName(), ownership(file, attributes), attributes.permissions()));
    }

    /** Empty also for a file that is missing or cannot be looked at: that is the concern of its reader. */
    public static Optional<FileRights> ofReadable(Path file) {
        try {
            return of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FileOwner ownership(Path file, PosixFileAttributes attributes) throws IOException {
        if (Files.getAttribute(file, "unix:uid").equals(ROOT)) {
            return FileOwner.ROOT;
        }
        boolean isOwn = Files.exists(SELF)
                ? attributes.owner().equals(Files.getOwner(SELF))
                : attributes.owner().getName().equals(System.getProperty("user.name"));
        return isOwn ? FileOwner.SELF : FileOwner.STRANGER;
    }

    /** Whether only the user of this process and root may write it. */
    public boolean isSafeFromWriters() {
        return ownership != FileOwner.STRANGER
                && !mode.contains(PosixFilePermission.GROUP_WRITE)
                && !mode.contains(PosixFilePermission.OTHERS_WRITE);
    }

    public boolean everybodyMayRead() {
        return mode.contains(PosixFilePermission.OTHERS_READ);
    }

    /**
     * Whether only those may read it who should read a secret. A file of root needs a group, so that the process may
     * read it. A file of the process needs none.
     */
    public boolean isSafeFromReaders() {
        boolean groupReads = mode.contains(PosixFilePermission.GROUP_READ);
        return !everybodyMayRead() && (ownership == FileOwner.ROOT || !groupReads);
    }

    @Override
    public String toString() {
        return "its owner is " + owner + " and its mode " + PosixFilePermissions.toString(mode);
    }
}
