package io.quorate.deploy.client.profile;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.FileRights;
import io.quorate.deploy.terminal.ShellWord;
import java.nio.file.Path;

/** Refuses files that too many users of the machine may change. */
final class FileOwnership {
    private FileOwnership() {}

    /** A user who may change a file of profiles could lead a command, and its token, to another cluster. */
    static void requireUnchangedByOthers(Path file) {
        FileRights.ofReadable(file)
                .filter(rights -> !rights.isSafeFromWriters())
                .ifPresent(rights -> {
                    throw CommandFailure.usage(file + ": other users may change it (" + rights
                            + "), and with it where a token is sent. Take that from them: chmod go-w "
                            + ShellWord.quoted(file.toString()) + ". Nothing was sent");
                });
    }
}
