package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that starts with variables, temporary directories and limits that are not as they should be. */
final class StartEnvironmentIT {
    /** Starts the node of {@code node.yaml} with these options, waits until it answers or ends, and kills it. */
    private static final String RUN_AND_KILL = """
            run() { $Q node --config node.yaml "$@" >log 2>&1 & pid=$!
              for i in $(seq 300); do
                if (exec 3<>/dev/tcp/127.0.0.1/$PORT) 2>/dev/null; then answered=yes; break; fi
                kill -0 $pid 2>/dev/null || break
                sleep 0.1
              done
              [ "$answered" ] || { wait $pid; echo "ended with $?"; }
              kill -9 $pid 2>/dev/null; wait $pid; }
            """;

    private static final String NO_EXEC =
            "mount -t tmpfs -o noexec none tmp && export QUORATE_JAVA_OPTS=-Djava.io.tmpdir=$PWD/tmp; ";

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void configure() throws IOException {
        port = FreePorts.takeRow(2);
        Files.createDirectory(folder.resolve("tmp"));
        Files.writeString(folder.resolve("node.yaml"), """
                {clusterId: test, nodeId: n1, dataDirectory: data, ballastBytes: 1048576, httpPort: %d, peerPort: %d,
                 members: [{id: n1, host: 127.0.0.1, port: %d}]}
                """.formatted(port, port + 1, port + 1));
    }

    @Test
    void misspeltVariablesAreNamed() throws IOException {
        ShellRun command = run("QUORATE_ENDPOINT=127.0.0.1:1 $Q completion bash >completion");
        assertEquals(0, command.exitCode());
        assertTrue(command.err().contains("did you mean QUORATE_ENDPOINTS?"), command::err);

        run("export QUORATE_SLOW_REQUESTS_MS=1; run --init");
        assertTrue(log().contains("QUORATE_SLOW_REQUESTS_MS has no effect"), log());
        assertTrue(log().contains("did you mean QUORATE_SLOW_REQUEST_MS?"), log());
    }

    @Test
    void anUnknownLevelOfTheLogIsRefused() {
        ShellRun run = run("QUORATE_LOG_LEVEL=LOUD $Q node --config node.yaml --init");

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("allowed: ERROR, WARN, INFO, DEBUG or TRACE"), run::err);
    }

    @Test
    void atTheUsualLevelALibraryLogsNothing() throws IOException {
        run("run --init");

        log().lines().forEach(line -> assertFalse(line.contains("vertx") || line.contains("netty"), line));
    }

    @Test
    void aKilledNodeLeavesNothingInTheTemporaryDirectory() {
        ShellRun run = run("export QUORATE_JAVA_OPTS=-Djava.io.tmpdir=$PWD/tmp; run --init; run; ls -A tmp; ls data");

        assertFalse(run.out().contains(".so"), run::out);
        assertFalse(run.out().contains("ended with"), run::out);
    }

    @Test
    void aTemporaryDirectoryWithoutExecutionIsReplacedByTheDataDirectory() throws IOException {
        ShellRun run = runWithMounts(NO_EXEC + "run --init; ls -A tmp; ls data");

        assertFalse(run.out().contains("ended with"), () -> run + readLog());
        assertFalse(run.out().contains("libzstd"), run::out);
        assertTrue(log().contains("native code of LZ4 cannot be loaded"), log());
    }

    @Test
    void aNodeThatCannotLoadItsNativeCodeIsRefused() throws IOException {
        ShellRun run = runWithMounts(NO_EXEC + "mkdir data; mount -t tmpfs -o noexec none data; run --init");

        assertTrue(run.out().contains("ended with 1"), run::toString);
        assertTrue(log().contains("cannot load the native code of Zstandard"), log());
        assertTrue(log().contains("-Djava.io.tmpdir=DIR"), log());
    }

    @Test
    void theDoctorTriesTheNativeCode() {
        ShellRun well = run("$Q doctor --data .");
        assertTrue(well.out().contains("native code: "), well::out);

        ShellRun ill = runWithMounts(NO_EXEC + "mkdir data; mount -t tmpfs -o noexec none data; $Q doctor --data data");
        assertEquals(1, ill.exitCode(), ill::out);
        assertTrue(ill.out().contains("cannot load the native code of Zstandard"), ill::out);
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private String readLog() {
        return run("cat log").out();
    }

    private ShellRun run(String line) {
        return ShellRun.of(
                Map.of("PORT", Integer.toString(port), "FOLDER", folder.toString()),
                "cd \"$FOLDER\"; " + RUN_AND_KILL + line);
    }

    /** The mounts are seen by this run alone. */
    private ShellRun runWithMounts(String line) {
        assumeTrue(run("unshare -m true").exitCode() == 0, "this user may not mount anything");
        return ShellRun.of(
                Map.of("PORT", Integer.toString(port), "FOLDER", folder.toString(), "LINE", RUN_AND_KILL + line),
                "cd \"$FOLDER\"; unshare -m bash -c \"$LINE\"");
    }
}
