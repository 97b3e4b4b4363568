package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fault after the other in a real cluster, and what {@code quorate doctor} makes of the views of all its nodes. */
@Tag("faults")
final class DoctorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static RealCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RealCluster.in(folder.resolve("cluster"), 3);
        cluster.runToSuccess("start", "--faults");
        awaitFinding("n1, n2 and n3 serve reads and writes; it can lose 1 more", 1);
    }

    @AfterEach
    void heal() {
        cluster.runToSuccess("heal");
        cluster.runToSuccess("start");
        awaitFinding("n1, n2 and n3 serve reads and writes; it can lose 1 more", 1);
    }

    @AfterAll
    static void wipe() {
        cluster.runToSuccess("wipe", "--yes");
    }

    /**
     * Nodes see a fault after a moment, and each in its own time. The doctor is given one node, and finds the others.
     */
    private static CommandRun awaitFinding(String finding, int node) {
        return await("doctor says: " + finding).atMost(PATIENCE).until(() -> doctor(node), run -> run.output()
                .contains(finding));
    }

    private static CommandRun doctor(int node) {
        return CommandRun.quorate("doctor", "-e", "127.0.0.1:" + cluster.httpPort(node));
    }

    private static String summaryOf(CommandRun run) {
        return run.output().substring(run.output().indexOf("  summary: "));
    }

    @Test
    void aKilledNodeIsDown() {
        cluster.runToSuccess("kill", "n3");
        CommandRun run = awaitFinding(
                "node n3: it is down, or cut off from all: no node hears it, and it does not answer at 127.0.0.1:"
                        + cluster.httpPort(3) + " (connection refused)",
                1);
        assertEquals(1, run.exitCode(), run::output);
        assertTrue(summaryOf(run).contains("First: node n3"), run::output);
    }

    @Test
    void aPausedNodeHangsAndIsNotSaidToBeDown() {
        cluster.runToSuccess("pause", "n2");
        CommandRun run = awaitFinding(
                "node n2: it hangs: it takes connections at 127.0.0.1:" + cluster.httpPort(2)
                        + " and answers nothing, and no node hears it",
                1);
        assertFalse(run.output().contains("it is down"), run::output);
        assertTrue(summaryOf(run).contains("First: node n2, it hangs"), run::output);
    }

    @Test
    void anOptionThatOneNodeHasDifferentlyIsNamed() throws IOException {
        Path file = cluster.home().resolve("n3/node.yaml");
        String before = Files.readString(file);
        Files.writeString(file, before + "hintsMax: 5\n");
        try {
            cluster.runToSuccess("restart", "n3");
            CommandRun run = awaitFinding("hintsMax is [1000000] at n1 and n2, [5] at n3", 1);
            assertEquals(0, run.exitCode(), run::output);
        } finally {
            Files.writeString(file, before);
            cluster.runToSuccess("restart", "n3");
        }
        awaitFinding("configuration: n1, n2 and n3 have the same options and build", 1);
    }

    @Test
    void aCutPathBetweenTwoNodesIsToldFromADeadNode() {
        cluster.runToSuccess("cut", "n1", "n2");
        CommandRun run = awaitFinding(
                "network: n1 and n2 do not hear each other, though both hear n3: the path between them is cut", 3);
        assertFalse(run.output().contains("it is down"), run::output);
    }

    @Test
    void aNodeThatIsCutFromAllOthersIsOnItsOwnSideOfASplit() {
        cluster.runToSuccess("cut", "n1", "n3");
        cluster.runToSuccess("cut", "n2", "n3");
        CommandRun run = awaitFinding("it is split: nothing gets through between [n1 and n2] and [n3]", 3);
        assertTrue(run.output().contains("n1 and n2 serve reads and writes, n3 refuses them"), run::output);
    }

    @Test
    void theClockThatIsWrongIsNamed() {
        cluster.runToSuccess("skew", "n2", "+5s");
        awaitFinding("node n2: its clock is 5", 1);
    }

    @Test
    void aClusterWithoutAMajorityServesNobody() {
        cluster.runToSuccess("kill", "n2", "n3");
        CommandRun run = awaitFinding("it refuses reads and writes: n1 reaches no majority of 3 nodes", 1);
        assertEquals(1, run.exitCode(), run::output);
    }
}
