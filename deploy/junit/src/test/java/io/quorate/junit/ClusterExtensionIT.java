package io.quorate.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.quorate.deploy.local.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a class leaves behind: nothing, or its logs if it failed. And what a wrong annotation says. */
final class ClusterExtensionIT {
    /** Written by the classes below, which run inside of tests. */
    private static Path lastHome;

    @QuorateCluster(nodes = 1)
    static final class Passing {
        @Test
        void passes(TestCluster cluster) {
            lastHome = cluster.home();
            cluster.client().put("a", "b").orThrow();
        }
    }

    @QuorateCluster(nodes = 1)
    static final class Failing {
        @Test
        void fails(TestCluster cluster) {
            lastHome = cluster.home();
            fail("on purpose");
        }
    }

    @QuorateCluster(nodes = 8)
    static final class TooMany {
        @Test
        void never() {}
    }

    @QuorateCluster(memoryMib = 100)
    static final class TooSmall {
        @Test
        void never() {}
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
    }

    private static String failureOf(Class<?> tests) {
        return run(tests).containerEvents().failed().stream()
                .map(event -> event.getPayload().orElseThrow().toString())
                .findFirst()
                .orElse("");
    }

    private static boolean isAnyProcessIn(Path home) throws IOException {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.anyMatch(
                    process -> process.info().commandLine().orElse("").contains(home.toString()));
        }
    }

    @Test
    void nothingIsLeftOfAClassThatPasses() throws IOException {
        assertEquals(1, run(Passing.class).testEvents().succeeded().count());
        assertFalse(Files.exists(lastHome));
        assertFalse(isAnyProcessIn(lastHome));
    }

    @Test
    void theLogsOfAClassThatFailsAreKept() throws IOException {
        EngineExecutionResults results = run(Failing.class);
        assertEquals(1, results.testEvents().failed().count());
        assertFalse(isAnyProcessIn(lastHome));
        assertTrue(Files.size(lastHome.resolve("n1").resolve("node.log")) > 0);
        List<String> entries = results.testEvents().reportingEntryPublished().stream()
                .map(event -> event.getPayload().orElseThrow().toString())
                .toList();
        assertTrue(entries.stream().anyMatch(entry -> entry.contains(lastHome.toString())), entries::toString);
        FolderTree.delete(lastHome);
    }

    @Test
    void aWrongAnnotationSaysWhatIsAllowed() {
        String many = failureOf(TooMany.class);
        assertTrue(many.contains("nodes = 8") && many.contains("1 to 7"), many);
        String small = failureOf(TooSmall.class);
        assertTrue(small.contains("memoryMib = 100") && small.contains("384"), small);
    }
}
