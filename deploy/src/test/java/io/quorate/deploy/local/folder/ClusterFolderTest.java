package io.quorate.deploy.local.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.local.process.Launcher;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.local.process.StartNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterFolderTest {
    private static final NodeId N2 = new NodeId("n2");

    @TempDir
    Path home;

    @Test
    void theLayoutIsDecidedWhenTheClusterIsMade() throws Exception {
        Map<String, String> wanted = Map.of("QUORATE_NODES", "5", "QUORATE_HTTP_PORT_BASE", "9000");
        ClusterFolder.at(home, wanted).createIfMissing();

        PortLayout layout = ClusterFolder.at(home, Map.of()).layout();

        assertEquals(new PortLayout(5, 9000, 7100), layout);
        assertEquals(9002, layout.httpPort(N2));
        assertEquals(7102, layout.peerPort(N2));
        assertEquals(3, layout.majority());
        LocalClusterException refused =
                assertThrows(LocalClusterException.class, () -> ClusterFolder.at(home, Map.of("QUORATE_NODES", "3")));
        assertTrue(refused.getMessage().contains("was made with 5"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "8", "three", "-1", "3 "})
    void aNumberOfNodesThatCannotBeIsRefused(String nodes) {
        LocalClusterException refused =
                assertThrows(LocalClusterException.class, () -> ClusterFolder.at(home, Map.of("QUORATE_NODES", nodes)));

        assertTrue(refused.isUsage());
        assertTrue(refused.getMessage().contains("allowed: 1 to 7"), refused.getMessage());
    }

    @Test
    void theEndOfALogIsThatOfTheLastStart() throws Exception {
        ClusterFolder folder = ClusterFolder.at(home, Map.of());
        folder.createIfMissing();
        NodeFolder node = folder.nodes().get(0);
        Files.createDirectories(node.log().getParent());
        assertEquals(0, node.logBytes());
        Files.writeString(node.log(), "of an earlier process\n");
        long start = node.logBytes();
        assertEquals(List.of(), node.endOfLog(2, start));
        Files.writeString(node.log(), "one\ntwo\nthree\n", StandardOpenOption.APPEND);
        assertEquals(List.of("two", "three"), node.endOfLog(2, start));
        assertEquals(List.of("one", "two", "three"), node.endOfLog(9, start));
        Files.writeString(node.log(), "it was emptied\n");
        assertEquals(List.of("it was emptied"), node.endOfLog(9, start));
    }

    /** A folder that is kept outlives the process that its nodes ended with. Then the nodes can be started again. */
    @Test
    void anOwnerThatHasEndedOwnsNothing() throws Exception {
        ClusterFolder folder = ClusterFolder.at(home, Map.of());
        folder.createIfMissing();
        NodeProcess own = NodeProcess.of(ProcessHandle.current().pid());
        folder.setOwner(own);
        assertEquals(Optional.of(own), folder.owner());
        folder.setOwner(new NodeProcess(own.pid(), "1"));
        assertEquals(Optional.empty(), folder.owner());
    }

    @Test
    void aDamagedLayoutIsSaidToBe() throws IOException {
        Files.writeString(home.resolve("layout"), "3 7000");

        assertTrue(assertThrows(LocalClusterException.class, () -> ClusterFolder.at(home, Map.of()))
                .getMessage()
                .contains("damaged"));
    }

    @Test
    void aNodesConfigurationIsSoundAndNeverOverwritten() throws Exception {
        ClusterFolder cluster = ClusterFolder.at(home, Map.of());
        NodeFolder node = cluster.node(N2);
        node.configure(cluster.layout(), cluster.isSecured());

        NodeConfiguration configuration = NodeConfiguration.read(
                node.configuration(),
                Map.of("QUORATE_FAULTS_FILE", node.faultsFile().toString()));
        assertEquals(N2, configuration.nodeId());
        assertEquals(7102, configuration.peerPort());
        assertEquals(node.path().resolve("data"), configuration.dataDirectory());
        assertEquals(node.faultsFile(), configuration.faultsFile().orElseThrow());

        Files.writeString(node.configuration(), "mine");
        node.configure(cluster.layout(), cluster.isSecured());
        assertEquals("mine", Files.readString(node.configuration()));
    }

    @Test
    void onlyANodesOwnFileInSuchAFolderLetsItFindItsCluster() throws Exception {
        ClusterFolder.at(home, Map.of()).createIfMissing();
        Path file = home.resolve("n2").resolve("faults.json");

        assertEquals(home, ClusterFolder.around(N2, file).home());
        for (Path other : List.of(home.resolve("n1/faults.json"), home.resolve("n2/x/faults.json"), Path.of("/x/y"))) {
            assertThrows(LocalClusterException.class, () -> ClusterFolder.around(N2, other), other::toString);
        }
    }

    @Test
    void aPidThatIsUsedAgainIsNotTheNode() throws Exception {
        NodeFolder node = ClusterFolder.at(home, Map.of()).node(N2);
        Files.createDirectories(node.path());
        assertFalse(node.isRunning());

        NodeProcess self = NodeProcess.of(ProcessHandle.current().pid());
        node.setProcess(self);
        assertEquals(NodeFolder.ProcessState.RUNNING, node.state());
        assertEquals(self, node.process().orElseThrow());

        node.setProcess(new NodeProcess(self.pid(), "1"));
        assertEquals(NodeFolder.ProcessState.DOWN, node.state());
    }

    @Test
    void aPausedProcessAndOneThatEndedShowAsThat() throws IOException {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        NodeProcess process = NodeProcess.of(sleeper.pid());

        process.signal("STOP");
        assertTrue(Waiting.until(10_000, process::isPaused));
        process.signal("CONT");
        assertTrue(Waiting.until(10_000, () -> !process.isPaused()));
        process.signal("KILL");
        assertTrue(Waiting.until(10_000, () -> !process.isRunning()));
        process.signal("KILL"); // no process is there to get it, and that is all right
    }

    @Test
    void aNodeWhoseDataIsGoneIsNotStartedEmpty() throws Exception {
        System.setProperty("quorate.home", launcherThatMustNotRun().toString());
        try {
            ClusterFolder cluster = ClusterFolder.at(home, Map.of("QUORATE_NODES", "1"));
            NodeFolder node = cluster.nodes().get(0);
            Files.createDirectories(node.path());
            node.markInitialised();
            StartNodes start = new StartNodes(cluster, new Launcher(), new Silent(), 0);

            assertTrue(assertThrows(LocalClusterException.class, () -> start.run(cluster.nodes(), false))
                    .getMessage()
                    .contains("n1 had data"));
            assertFalse(Files.exists(home.resolve("ran")));
        } finally {
            System.clearProperty("quorate.home");
        }
    }

    private Path launcherThatMustNotRun() throws IOException {
        Path launcher = home.resolve("bin").resolve("quorate");
        Files.createDirectories(launcher.getParent());
        Files.writeString(launcher, "#!/bin/sh\n: > " + home.resolve("ran") + "\n");
        assertTrue(launcher.toFile().setExecutable(true));
        return home;
    }

    private static final class Silent implements Reporter {
        @Override
        public void report(String line) {}

        @Override
        public void warn(String line) {}
    }
}
