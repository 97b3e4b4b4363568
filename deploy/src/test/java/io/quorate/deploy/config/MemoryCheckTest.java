package io.quorate.deploy.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node starts only if its store cannot take more memory than there is. */
final class MemoryCheckTest {
    private static final String LEAST = """
            clusterId: local
            nodeId: n1
            dataDirectory: data
            members: [{id: n1, host: 127.0.0.1, port: 7101}]
            """;

    @TempDir
    Path folder;

    private NodeConfiguration read(String options, long heapMib, long directMib)
            throws ConfigurationException, IOException {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, LEAST + options.replace(", ", "\n") + "\n");
        return NodeConfiguration.read(file, Map.of(), new ProcessMemory(heapMib << 20, directMib << 20));
    }

    /** The pairs are what {@code LauncherTest} says of 384 MiB, 512 MiB, 768 MiB, 1 GiB and 4 GiB. */
    @ParameterizedTest
    @CsvSource({"96, 168", "128, 224", "192, 336", "256, 448", "1024, 1792"})
    void theDefaultsFitIntoEachSizeOfANode(long heapMib, long directMib) {
        assertDoesNotThrow(() -> read("", heapMib, directMib));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memtableBytes: 98566144                          |  256 |  448
            memtableBytes: 134217728                         | 1024 | 1792
            memtableBytes: 33554432, valueBytesMax: 33554432 |  256 |  448
            blockCacheMib: 128                               |  256 |  448
            blockCacheMib: 512                               | 1024 | 1792
            """)
    void whatFitsIsTaken(String options, long heapMib, long directMib) {
        assertDoesNotThrow(() -> read(options, heapMib, directMib));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memtableBytes: 99614720  |  256 |  448 | memtableBytes | allowed: up to 98566144
            memtableBytes: 134217728 |  256 |  448 | memtableBytes | allowed: up to 98566144
            memtableBytes: 67108864  |   96 |  168 | memtableBytes | allowed: up to 35651584
            memtableBytes: 33554432, valueBytesMax: 33554432 | 96 | 168 | memtableBytes | lower valueBytesMax
            blockCacheMib: 129       |  256 |  448 | blockCacheMib | allowed: up to 128
            blockCacheMib: 49        |   96 |  168 | blockCacheMib | allowed: up to 48
            """)
    void whatDoesNotFitIsRefusedWithWhatWould(
            String options, long heapMib, long directMib, String field, String allowed) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(options, heapMib, directMib));
        ConfigurationProblem only = refused.problems().get(0);
        assertEquals(1, refused.problems().size(), refused::getMessage);
        assertEquals(field, only.field());
        assertEquals(allowed + ", or give the node more memory by QUORATE_MEMORY_MIB", only.allowed());
    }

    @Test
    void aRefusalSaysWhatWouldBeTakenAndWhatThereIs() {
        assertEquals(
                "134217728 takes up to 528 MiB for 4 memtables, and there are 448 MiB outside the heap",
                assertThrows(ConfigurationException.class, () -> read("memtableBytes: 134217728", 256, 448))
                        .problems()
                        .get(0)
                        .what());
    }

    @Test
    void thisProcessKnowsItsMemory() {
        ProcessMemory memory = ProcessMemory.ofThisProcess();
        assertEquals(Runtime.getRuntime().maxMemory(), memory.heapBytes());
        assertTrue(memory.directBytes() > 0, memory::toString);
    }
}
