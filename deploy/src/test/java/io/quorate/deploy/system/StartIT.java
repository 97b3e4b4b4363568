package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The messages of a process that cannot start. */
final class StartIT {
    private static final String VERSION =
            "quorate \\S+, commit (unknown|\\p{XDigit}{12} of [\\d-]{10}( with changes)?), Java .+";

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @TempDir
    Path folder;

    @Test
    void everyMistakeInTheConfigurationIsToldAtOnce() throws Exception {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, "clusterId: test\nnodeId: n1\nhttpPort: 99999\nmembrs: []\n");

        CommandRun run = CommandRun.quorate("node", "--config", file.toString());

        assertEquals(2, run.exitCode(), run::output);
        assertTrue(run.output().contains("httpPort: 99999 is out of range"), run::output);
        assertTrue(run.output().contains("membrs: no such option; did you mean members?"), run::output);
        assertTrue(run.output().contains("dataDirectory: it is missing"), run::output);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        Path file = configuration("test", "n4", CLUSTER.node(1).httpPort(), folder.resolve("data"));

        CommandRun run = CommandRun.quorate("node", "--config", file.toString(), "--init");

        assertEquals(1, run.exitCode(), run::output);
        assertTrue(run.output().contains(Integer.toString(CLUSTER.node(1).httpPort())), run::output);
        assertTrue(run.output().contains("httpPort"), run::output);
    }

    @Test
    void aDataDirectoryInUseIsRefused() throws Exception {
        Path inUse = CLUSTER.node(1).folder().resolve("data");
        assertRefused(configuration("test", "n1", freePort(), inUse), inUse);
    }

    @Test
    void theDataDirectoryOfAnotherNodeOrClusterIsRefused() throws Exception {
        CLUSTER.node(3).kill();
        Path foreign = CLUSTER.node(3).folder().resolve("data");

        assertRefused(configuration("test", "n4", freePort(), foreign), foreign);
        assertRefused(configuration("other", "n3", freePort(), foreign), foreign);
    }

    @Test
    void aMissingDataDirectoryIsNotMadeWithoutBeingTold() throws Exception {
        Path missing = folder.resolve("nowhere");

        assertRefused(configuration("test", "n4", freePort(), missing), missing);
        assertTrue(Files.notExists(missing));
    }

    @Test
    void anExistingDataDirectoryIsNotMadeAgain() throws Exception {
        Path existing = CLUSTER.node(2).folder().resolve("data");
        Path file = configuration("test", "n2", freePort(), existing);

        CommandRun run = CommandRun.quorate("node", "--config", file.toString(), "--init");

        assertNotEquals(0, run.exitCode(), run::output);
        assertTrue(run.output().contains(existing.toString()), run::output);
    }

    @Test
    void helpSufficesAndTheVersionIsTold() {
        CommandRun help = CommandRun.quorate("--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.output().contains("node") && help.output().contains("bench"), help::output);
        assertEquals(0, CommandRun.quorate("node", "--help").exitCode());
        String version = CommandRun.quorate("--version").output().strip();
        assertTrue(version.matches(VERSION), version);
        assertEquals(2, CommandRun.quorate("nonsense").exitCode());
        assertEquals(2, CommandRun.quorate("node").exitCode());
    }

    private static void assertRefused(Path configuration, Path data) {
        CommandRun run = CommandRun.quorate("node", "--config", configuration.toString());

        assertEquals(1, run.exitCode(), run::output);
        assertTrue(run.output().contains(data.toString()), run::output);
        assertTrue(run.output().lines().noneMatch(line -> line.startsWith("\tat ")), run::output);
    }

    private static int freePort() {
        return FreePorts.take(1).get(0);
    }

    private Path configuration(String cluster, String node, int httpPort, Path data) throws Exception {
        int peerPort = freePort();
        Path file = folder.resolve("node.yaml");
        Files.writeString(
                file,
                "clusterId: " + cluster + "\nnodeId: " + node + "\ndataDirectory: " + data + "\nhttpPort: " + httpPort
                        + "\npeerPort: " + peerPort + "\nmembers:\n  - {id: " + node + ", host: 127.0.0.1, port: "
                        + peerPort + "}\n");
        return file;
    }
}
