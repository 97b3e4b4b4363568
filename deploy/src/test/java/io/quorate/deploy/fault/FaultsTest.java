package io.quorate.deploy.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultsTest {
    private static final NodeId N2 = new NodeId("n2");

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Faults faults = Faults.NONE
                .withCut(N2)
                .withCut(new NodeId("n3"))
                .withSlowMs(50)
                .withSlowDiskMs(300)
                .withSkewMs(-3_600_000);
        faults.write(file());

        assertEquals(faults, Faults.read(file()));
        assertEquals(
                "{\"cut\":[\"n2\",\"n3\"],\"slowMs\":50,\"slowDiskMs\":300,\"skewMs\":-3600000}",
                Files.readString(file()));
        assertEquals("cut from n2, n3; slow by 50 ms; disk slow by 300 ms; clock -3600000 ms", faults.toString());
    }

    /** An earlier build knows these three alone. */
    @Test
    void aDiskThatIsNotSlowIsNotWritten() throws IOException {
        Faults.NONE.withSlowDiskMs(300).withSlowDiskMs(0).withSlowMs(7).write(file());

        assertEquals("{\"cut\":[],\"slowMs\":7,\"skewMs\":0}", Files.readString(file()));
        assertEquals(Faults.NONE.withSlowMs(7), Faults.read(file()));
    }

    @Test
    void whereNoFileIsAllIsWell() throws IOException {
        assertEquals(Faults.NONE, Faults.read(file()));
    }

    @Test
    void whatIsLeftOutIsWell() throws IOException {
        Files.writeString(file(), "{\"slowMs\": 7}");

        assertEquals(Faults.NONE.withSlowMs(7), Faults.read(file()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"cut\": \"n2\"}",
                "{\"cut\": [\"../n2\"]}",
                "{\"slowMs\": 10001}",
                "{\"slowMs\": -1}",
                "{\"slowDiskMs\": 10001}",
                "{\"slowDiskMs\": -1}",
                "{\"slowMs\": \"50\"}",
                "{\"skewMs\": 2592000001}",
                "{\"speed\": 1}",
                "{\"slowMs\": 1, \"slowMs\": 2}",
                "{} {}"
            })
    void whatIsNotAllowedIsRefusedWithTheFileAndWhatIs(String text) throws IOException {
        Files.writeString(file(), text);

        String message =
                assertThrows(IOException.class, () -> Faults.read(file())).getMessage();

        assertTrue(message.contains(file().toString()) && message.contains("allowed: "), message);
    }

    private Path file() {
        return folder.resolve("faults.json");
    }
}
