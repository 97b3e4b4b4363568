package io.quorate.deploy.access;

import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.deploy.terminal.FileRights;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file of {@code accessFile}. */
public record AccessFile(Path path) {
    private static final int BYTES_MAX = 16 << 20;

    /** @throws AccessFileException if there is no such file, or anything is wrong in it */
    public AccessRules rules() throws AccessFileException {
        return rules(bytes());
    }

    AccessRules rules(byte[] bytes) throws AccessFileException {
        return AccessFileReader.read(path, bytes).rules();
    }

    AccessList list() throws AccessFileException {
        return AccessFileReader.read(path, bytes());
    }

    /** @throws AccessFileException if others than the user of this process and root may write it */
    void requireOwnWriters() throws AccessFileException {
        Optional<FileRights> rights = rights();
        if (rights.isPresent() && !rights.get().isSafeFromWriters()) {
            throw new AccessFileException(
                    path,
                    "others may write it: " + rights.get(),
                    "needed: the user of this process or root as its owner, and no other writers (chmod go-w)");
        }
    }

    /**
     * Whether users that have nothing to do with it may read it. They find no secret there, but all names and grants.
     */
    boolean everybodyMayRead() throws AccessFileException {
        return rights().filter(FileRights::everybodyMayRead).isPresent();
    }

    private Optional<FileRights> rights() throws AccessFileException {
        try {
            return FileRights.of(path);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // reading it says so
        } catch (IOException e) {
            throw new AccessFileException(path, "its owner and mode cannot be read: " + e, "check that it is a file");
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    byte[] bytes() throws AccessFileException {
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new AccessFileException(path, "it has more than " + BYTES_MAX + " bytes", "remove principals");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new AccessFileException(path, "there is no such file", "'quorate access add-token' makes one");
        } catch (AccessDeniedException e) {
            throw new AccessFileException(path, "permission denied", "let the user of this process read it");
        } catch (IOException e) {
            throw new AccessFileException(path, "it cannot be read: " + e, "check that it is a file");
        }
    }
}
