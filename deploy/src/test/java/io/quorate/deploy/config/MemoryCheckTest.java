package io.quorate.deploy.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node starts only if memtables, blocks, filters and requests fit into its memory. Buffers of the network are not
 * counted: they share an eighth of the memory outside the heap with what threads copy.
 */
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
            blockCacheMib: 60                                |  256 |  448
            blockCacheMib: 128, requestMemoryMib: 32         |  256 |  448
            requestMemoryMib: 128                            |  256 |  448
            blockCacheMib: 156                               | 1024 | 1792
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
            """)
    void memtablesThatDoNotFitAreRefusedWithWhatWould(
            String options, long heapMib, long directMib, String field, String allowed) {
        assertRefused(field, allowed, options, heapMib, directMib);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            blockCacheMib: 61                         |  256 | blockCacheMib    | 160
            blockCacheMib: 128                        |  256 | blockCacheMib    | 160
            blockCacheMib: 128, requestMemoryMib: 33  |  256 | blockCacheMib    | 160
            requestMemoryMib: 129                     |  256 | requestMemoryMib | 160
            blockCacheMib: 41                         |   96 | blockCacheMib    |  60
            blockCacheMib: 157                        | 1024 | blockCacheMib    | 640
            requestMemoryMib: 1048576, blockCacheMib: 1048576 | 256 | blockCacheMib | 160
            """)
    void blocksAndRequestsThatLeaveFiltersNoRoomAreRefusedWithWhatTheyMayTake(
            String options, long heapMib, String field, long allowed) {
        assertRefused(
                field,
                "allowed: up to " + allowed + " for blockCacheMib and requestMemoryMib together",
                options,
                heapMib,
                448);
    }

    private void assertRefused(String field, String allowed, String options, long heapMib, long directMib) {
        ConfigurationProblem only = problem(options, heapMib, directMib);
        assertEquals(field, only.field());
        assertEquals(allowed + ", or give the node more memory by QUORATE_MEMORY_MIB", only.allowed());
    }

    private ConfigurationProblem problem(String options, long heapMib, long directMib) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(options, heapMib, directMib));
        assertEquals(1, refused.problems().size(), refused::getMessage);
        return refused.problems().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memtableBytes: 134217728 | 134217728 takes up to 528 MiB for 4 memtables, and there are 448 MiB outside the heap
            blockCacheMib: 128 | blocks take up to 128 MiB of the heap, requests up to 100 MiB and filters up to 64 MiB, and the heap has 256 MiB
            """)
    void aRefusalSaysWhatWouldBeTakenAndWhatThereIs(String options, String what) {
        assertEquals(what, problem(options, 256, 448).what());
    }

    /** The collector may keep a part of the heap empty. */
    @Test
    void thisProcessKnowsItsMemory() {
        ProcessMemory memory = ProcessMemory.ofThisProcess();
        assertEquals(
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .getVMOption("MaxHeapSize")
                        .getValue(),
                Long.toString(memory.heapBytes()));
        assertTrue(memory.heapBytes() >= Runtime.getRuntime().maxMemory(), memory::toString);
        assertTrue(memory.directBytes() > 0, memory::toString);
    }
}
