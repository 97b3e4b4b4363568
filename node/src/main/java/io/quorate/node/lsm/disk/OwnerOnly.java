package io.quorate.node.lsm.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes directories and files that only their owner may use, whatever the umask is: they hold the data of all users. A
 * file system without such permissions has its own rules.
 */
final class OwnerOnly {
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = mode("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

    private OwnerOnly() {}

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    static void createDirectory(Path path) throws IOException {
        if (isPosix(path)) {
            Files.createDirectory(path, DIRECTORY);
        } else {
            Files.createDirectory(path);
        }
    }

    /** The permissions of a file that exists stay as they are. */
    static FileChannel open(Path path, OpenOption... options) throws IOException {
        return isPosix(path) ? FileChannel.open(path, Set.of(options), FILE) : FileChannel.open(path, options);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
