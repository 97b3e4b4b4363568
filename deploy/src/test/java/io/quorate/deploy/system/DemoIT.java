package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quorate demo}, from its first line to nothing being left of it. */
final class DemoIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int PEERS_ABOVE_HTTP = 100;
    private static final int ENDED_BY_SIGINT = 130;

    @TempDir
    Path folder;

    private Process demo;

    @AfterEach
    void leaveNothingBehind() {
        if (demo != null) {
            demo.destroyForcibly(); // its nodes end with it
        }
    }

    @Test
    void itServesTellsWhoDiesAndLeavesNothingBehind() throws IOException {
        int base = start(3);
        assertTrue(said().contains("console: http://localhost:" + (base + 1) + "/"), this::said);
        assertTrue(said().contains("theatre: http://localhost:" + (base + 1) + "/#/theatre"), this::said);
        assertTrue(said().contains("export QUORATE_ENDPOINTS=localhost:" + (base + 1) + ","), this::said);
        assertTrue(said().contains("starting n1 n2 n3 ..."), this::said);
        List<ProcessHandle> nodes = nodes();
        assertEquals(3, nodes.size());

        List<CommandRun> tried = proposed().map(DemoIT::inShell).toList();
        assertEquals(8, tried.size(), this::said);
        assertTrue(tried.stream().allMatch(run -> run.exitCode() == 0), tried::toString);
        assertTrue(tried.get(1).output().contains("hello"), tried::toString);
        assertTrue(tried.get(2).output().contains("\"canLose\""), tried::toString);
        await().atMost(LONGEST).until(() -> said().contains("n3 is down"));
        CommandRun again = inShell(said().replaceAll("(?s).*n3 is down;[^\n]* or: ", "")
                .lines()
                .findFirst()
                .orElseThrow());
        assertEquals(0, again.exitCode(), again::output);

        nodes.get(1).destroyForcibly();
        await().atMost(LONGEST).until(() -> said().contains("n2 is down"));

        signal("INT");
        await().atMost(LONGEST).until(() -> !demo.isAlive());
        assertEquals(ENDED_BY_SIGINT, demo.exitValue());
        assertTrue(nodes.stream().noneMatch(ProcessHandle::isAlive));
        assertTrue(isEmpty(temporary()), () -> "left in " + temporary());
    }

    /** What a user can try, as it stands there. */
    private Stream<String> proposed() {
        return said().lines().dropWhile(line -> !line.equals("try:")).filter(line -> line.startsWith("  "));
    }

    private static CommandRun inShell(String line) {
        return CommandRun.of(Map.of(), List.of("sh", "-c", line));
    }

    @Test
    void nodesDoNotOutliveADemoThatIsKilled() throws IOException {
        start(1);
        List<ProcessHandle> nodes = nodes();

        demo.destroyForcibly();

        await().atMost(LONGEST).until(() -> nodes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Returns the port before the first node's. */
    private int start(int nodes) throws IOException {
        Files.createDirectories(temporary());
        int base = FreePorts.takeRow(PEERS_ABOVE_HTTP + nodes);
        // The process that runs this test may ignore SIGINT, as jobs in the background do. The demo would inherit that.
        List<String> command = List.of(
                "env",
                "--default-signal=INT",
                Distribution.launcher().toString(),
                "demo",
                "--nodes",
                Integer.toString(nodes),
                "--port-base",
                Integer.toString(base));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", "\"-Djava.io.tmpdir=" + temporary() + "\"");
        demo = builder.start();
        await().atMost(LONGEST).until(() -> said().contains("Ctrl-C") || !demo.isAlive());
        assertTrue(demo.isAlive(), this::said);
        return base;
    }

    private List<ProcessHandle> nodes() throws IOException {
        Path home;
        try (var homes = Files.list(temporary())) {
            home = homes.findFirst().orElseThrow();
        }
        List<ProcessHandle> processes = new ArrayList<>();
        for (int node : IntStream.rangeClosed(1, 7).toArray()) {
            Path pid = home.resolve("n" + node).resolve("pid");
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pid).split(" ")[0]))
                        .ifPresent(processes::add);
            }
        }
        return processes;
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + demo.pid()).start();
    }

    /** Its name has a space, so what the demo prints has to be quoted. */
    private Path temporary() {
        return folder.resolve("a folder");
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
