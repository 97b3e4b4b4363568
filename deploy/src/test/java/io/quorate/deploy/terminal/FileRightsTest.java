package io.quorate.deploy.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.terminal.FileRights.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileRightsTest {
    @ParameterizedTest
    @CsvSource({
        "SELF,     rw-------, true,  true,  what quorate cert and quorate access make",
        "SELF,     rw-r-----, true,  false, a group reads a key of ours",
        "SELF,     rw-r--r--, true,  false, everybody reads",
        "SELF,     rw--w----, false, true,  a group writes",
        "ROOT,     r--r-----, true,  true,  a Secret of Kubernetes with defaultMode 0440 and an fsGroup",
        "ROOT,     rw-r-----, true,  true,  what the README of systemd says",
        "ROOT,     rw-r--r--, true,  false, a Secret of Kubernetes without a mode",
        "ROOT,     rw-rw-rw-, false, false, all",
        "STRANGER, rw-------, false, true,  its owner writes"
    })
    void ownerAndModeSayWhoMayWriteAndRead(
            FileOwner owner, String mode, boolean fromWriters, boolean fromReaders, String what) {
        FileRights rights = new FileRights("x", owner, PosixFilePermissions.fromString(mode));

        assertEquals(fromWriters, rights.isSafeFromWriters(), what);
        assertEquals(fromReaders, rights.isSafeFromReaders(), what);
    }

    /** As Kubernetes mounts it: key -> ..data/key, and ..data -> a folder with a time in its name. */
    @Test
    void theFileBehindLinksCounts(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.resolve("..2026_11_29"));
        Path secret = Files.writeString(real.resolve("key"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_29"));
        Path link = Files.createSymbolicLink(folder.resolve("key"), Path.of("..data", "key"));

        FileRights rights = FileRights.of(link).orElseThrow();

        assertEquals("r--------", PosixFilePermissions.toString(rights.mode()));
        assertTrue(rights.isSafeFromWriters(), rights::toString);
        assertTrue(rights.isSafeFromReaders(), rights::toString);
    }
}
