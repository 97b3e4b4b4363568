package io.quorate.deploy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where typed lines are kept, and for whom. */
class ShellHistoryTest {
    @TempDir
    Path folder;

    @Test
    void theFileIsForItsOwnerOnlyAlsoIfItWasNotBefore() throws IOException {
        Path file = folder.resolve("state/quorate/history");
        assertEquals(Optional.empty(), ShellHistory.prepare(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.writeString(file, "1:get a\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(Optional.empty(), ShellHistory.prepare(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("1:get a\n", Files.readString(file));
    }

    @Test
    void withoutAFolderThereIsNoHistoryAndTheUserIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("quorate/history");
        assertTrue(ShellHistory.prepare(file).orElseThrow().startsWith("no history is kept"));
    }

    @Test
    void theFileIsWhereStateBelongs() {
        assertEquals(Path.of("/s/quorate/history"), ShellHistory.file(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")));
        assertEquals(Path.of("/h/.local/state/quorate/history"), ShellHistory.file(Map.of("HOME", "/h")));
    }
}
