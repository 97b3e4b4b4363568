package io.quorate.deploy.data.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an export goes on with a file that an earlier one left. */
class ExportFileTest {
    private static final String TWO_LINES = "{\"key\":\"a\",\"value\":\"1\"}\n{\"key\":\"b\",\"value\":\"2\"}\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("export.ndjson");
    }

    @Test
    void aTornLastLineIsCutAndTheNextOneComesBehindTheWholeOnes() throws IOException {
        Files.writeString(file, TWO_LINES + "{\"key\":\"c\",\"val");

        ExportFile found = ExportFile.resumed(file);

        assertEquals(2, found.keys());
        assertEquals(Optional.of(Key.of("b".getBytes(UTF_8))), found.last());
        try (FileChannel channel = found.open(true)) {
            channel.write(ByteBuffer.wrap("next".getBytes(UTF_8)));
        }
        assertEquals(TWO_LINES + "next", Files.readString(file));
    }

    @Test
    void aFileWithItsEndIsWhole() throws IOException {
        Files.writeString(file, TWO_LINES + "{\"end\":true,\"keys\":2}\n");
        ExportFile found = ExportFile.resumed(file);
        assertTrue(found.isWhole());
        assertEquals(2, found.keys());
    }

    @Test
    void withoutAWholeLineItBeginsAtTheFirstKey() throws IOException {
        assertEquals(ExportFile.fresh(file), ExportFile.resumed(file), "no file");
        Files.writeString(file, "{\"key\":");
        assertEquals(ExportFile.fresh(file), ExportFile.resumed(file), "only a torn line");
    }

    @Test
    void anotherFileIsNotWrittenTo() throws IOException {
        Files.writeString(file, "not ours\n");
        assertThrows(CommandFailure.class, () -> ExportFile.resumed(file));
        assertThrows(CommandFailure.class, () -> ExportFile.fresh(file).open(false));
        assertEquals("not ours\n", Files.readString(file));
    }
}
