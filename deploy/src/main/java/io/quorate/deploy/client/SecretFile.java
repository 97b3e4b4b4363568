package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.FileRights;
import io.quorate.deploy.terminal.ShellWord;
import java.nio.file.Path;

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
        if (FileRights.ofReadable(file).filter(FileRights::everybodyMayRead).isPresent()) {
            throw CommandFailure.usage(file + ": every user of this machine may read " + what
                    + ". Take that from them: chmod o= " + ShellWord.quoted(file.toString()) + ". Nothing was sent");
        }
    }
}
