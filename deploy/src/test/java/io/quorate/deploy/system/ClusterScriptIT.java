package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/cluster} as a person types it, on other ports and in another folder than theirs. */
final class ClusterScriptIT {
    private static final Path SCRIPT =
            Path.of("../scripts/cluster").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private int httpBase;
    private int peerBase;

    @BeforeEach
    void chooseFreePorts() {
        httpBase = FreePorts.takeRow(3);
        peerBase = FreePorts.takeRow(3);
    }

    @AfterEach
    void leaveNothingBehind() {
        cluster("wipe", "--yes");
    }

    @Test
    void startingTwiceStartsNothingTwice() {
        assertDone(cluster("start"));
        String before = cluster("status").output();

        assertTrue(assertDone(cluster("start")).contains("already running: n1 n2 n3"));
        assertEquals(before, cluster("status").output());
    }

    @Test
    void theStatusSaysWhichNodesArePausedOrDownAndHowManyMoreMayBeLost() {
        assertDone(cluster("start"));
        assertTrue(assertDone(cluster("status")).contains("1 more may be lost"));
        assertDone(cluster("pause", "n2"));
        assertShows("n2", "paused", cluster("status"));

        assertDone(cluster("resume", "n2"));
        assertFalse(cluster("status").output().contains("paused"));

        assertDone(cluster("pause", "n3"));
        assertDone(cluster("stop", "n3"));
        CommandRun withoutOne = cluster("status");
        assertShows("n3", "down", withoutOne);
        assertTrue(assertDone(withoutOne).contains("0 more may be lost"), withoutOne::output);

        assertDone(cluster("kill", "n2"));
        assertEquals(1, cluster("status").exitCode());

        assertDone(cluster("stop"));
        assertEquals(3, count(cluster("status").output(), " down "));
    }

    private static void assertShows(String node, String state, CommandRun status) {
        assertTrue(
                status.output().lines().anyMatch(line -> line.startsWith(node + " ") && line.contains(state)),
                status::output);
    }

    @Test
    void aTakenPortIsNamedAndNothingStarts() throws IOException {
        int port = httpBase + 2;
        try (ServerSocket squatter = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = cluster("start");

            assertEquals(1, run.exitCode(), run::output);
            assertTrue(
                    run.output().contains("port " + squatter.getLocalPort() + ", which n2 needs, is taken"),
                    run::output);
            assertTrue(
                    run.output().contains("process " + ProcessHandle.current().pid()), run::output);
        }
        assertEquals(3, count(cluster("status").output(), " down "));
    }

    @Test
    void aNodeWhoseDataVanishedIsNotStartedEmpty() throws IOException {
        assertDone(cluster("start"));
        assertDone(cluster("kill", "n3"));
        try (var files = Files.walk(folder.resolve("home/n3/data"))) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }

        CommandRun run = cluster("start");

        assertEquals(1, run.exitCode(), run::output);
        assertTrue(run.output().contains("n3 had data"), run::output);
    }

    @Test
    void wipeRemovesNothingWhileNodesRunUnlessItMayStopThem() {
        assertDone(cluster("start"));
        CommandRun refused = cluster("wipe");
        assertEquals(1, refused.exitCode());
        assertTrue(refused.output().contains("Nothing was removed"), refused::output);
        assertTrue(Files.exists(folder.resolve("home/n1/data")));

        assertDone(cluster("wipe", "--yes"));
        assertTrue(Files.notExists(folder.resolve("home")));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertEquals(2, cluster("explode").exitCode());
        assertEquals(2, cluster("kill").exitCode());
        assertEquals(2, cluster("kill", "n9").exitCode());
        assertEquals(0, cluster("--help").exitCode());
        assertNotEquals(0, cluster().exitCode());
    }

    private CommandRun cluster(String... arguments) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return CommandRun.of(
                Map.of(
                        "QUORATE_HOME", folder.resolve("home").toString(),
                        "QUORATE_DISTRIBUTION", Distribution.folder().toString(),
                        "QUORATE_HTTP_PORT_BASE", Integer.toString(httpBase),
                        "QUORATE_PEER_PORT_BASE", Integer.toString(peerBase),
                        "QUORATE_WAIT_SECONDS", "60"),
                command);
    }

    private static String assertDone(CommandRun run) {
        assertEquals(0, run.exitCode(), run::output);
        return run.output();
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
