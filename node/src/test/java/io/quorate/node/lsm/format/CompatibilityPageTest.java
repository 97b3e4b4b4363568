package io.quorate.node.lsm.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.wire.ProtocolRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page for those who upgrade has the numbers of this build. */
final class CompatibilityPageTest {
    private static final Path PAGE = Path.of("../deploy/docs/compatibility.md");

    @Test
    void itNamesTheFormatsOfEachKindOfFile() throws IOException {
        String page = Files.readString(PAGE);
        for (FileKind kind : FileKind.values()) {
            String row = "| `%s` | %d | %d to %d |"
                    .formatted(kind.prefix(), kind.version(), kind.oldestVersion(), kind.version());
            assertTrue(page.contains(row), row);
        }
    }

    @Test
    void itNamesTheNumbersOfTheProtocol() throws IOException {
        assertTrue(Files.readString(PAGE).contains("numbers " + ProtocolRange.SPOKEN + " today"));
    }
}
