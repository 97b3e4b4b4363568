package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.FileRights;
import io.quorate.deploy.terminal.ShellWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses a secret that every user of the machine may read, as OpenSSH does. */
final class SecretFile {
    private SecretFile() {}

    /**
     * A group may read it, so that several people can share a token.
     *
     * @param what the file holds, such as {@code the token}
     * @throws CommandFailure if everybody may read it
     */
    static void requireSecret(Path file, String what) {
        if (rights(file).filter(FileRights::everybodyMayRead).isPresent()) {
            throw CommandFailure.usage(file + ": every user of this machine may read " + what
                    + ". Take that from them: chmod o= " + ShellWord.quoted(file.toString()) + ". Nothing was sent");
        }
    }

    /** A file that is missing is the concern of its reader. */
    private static Optional<FileRights> rights(Path file) {
        try {
            return FileRights.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
