package io.quorate.deploy.client.profile;

import io.quorate.deploy.client.Curl;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;

/** Refuses files that too many users of the machine may read or change. */
final class FileOwnership {
    private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final Set<PosixFilePermission> READ_BY_OTHERS = Set.of(PosixFilePermission.OTHERS_READ);

    private FileOwnership() {}

    /** Whoever may change a file of profiles could lead a command, and its token, to a cluster of their own. */
    static void requireUnchangedByOthers(Path file) {
        if (allowsAnyOf(WRITTEN_BY_OTHERS, file)) {
            throw CommandFailure.usage(
                    file + ": other users may change it, and with it where a token is sent. Take that"
                            + " from them: chmod go-w " + Curl.quoted(file.toString()) + ". Nothing was sent");
        }
    }

    /**
     * A group may read it, so that several people can share a token.
     *
     * @param what the file holds, such as {@code the token}
     */
    static void requireSecret(Path file, String what) {
        if (allowsAnyOf(READ_BY_OTHERS, file)) {
            throw CommandFailure.usage(file + ": every user of this machine may read " + what
                    + ". Take that from them: chmod o= " + Curl.quoted(file.toString()) + ". Nothing was sent");
        }
    }

    /** A file that is missing, or whose file system has no such permissions, is the concern of its reader. */
    private static boolean allowsAnyOf(Set<PosixFilePermission> permissions, Path file) {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), permissions);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
