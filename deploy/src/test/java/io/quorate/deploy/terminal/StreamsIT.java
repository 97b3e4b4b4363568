package io.quorate.deploy.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.ShellRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command behind real pipes, a terminal, a full device and closed streams. */
final class StreamsIT {
    /** More than a pipe holds, so that a writer sees that its reader has gone. */
    private static final int KEYS = 60;

    private static final String LONG_VALUE = "v".repeat(8 << 10);

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo piped | $Q put %s -",
                "echo piped | $Q put %s",
                "(sleep 0.3; echo piped) | $Q put %s --file -",
                "echo piped | $Q put %s --file /dev/stdin",
                "$Q put %s --file <(echo piped)",
                "mkfifo f; echo piped > f & $Q put %s --file f",
                "echo piped > r; $Q put %s - < r"
            })
    void aValueIsReadFromAPipeAndFromAnythingElseThatCannotSeek(String put) {
        String key = "piped/" + Math.abs(put.hashCode());

        ShellRun written = run(put.formatted(key));

        assertEquals(0, written.exitCode(), written::err);
        assertEquals("piped\n", run("$Q get " + key + " | cat").out());
    }

    @Test
    void aBatchOfMoreThanOnePipeComesWhole() {
        ShellRun written = run("head -c 1000000 /dev/zero | $Q put zeros - && $Q get zeros | wc -c");

        assertEquals(
                "1000000", written.out().lines().skip(1).findFirst().orElse("").strip(), written::err);
    }

    @Test
    void aClosedStandardInputIsRefusedAndNotReadFromAFileOfTheJvm() {
        ShellRun run = run("$Q put closed - <&-");

        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains("cannot read standard input"), run::err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get full",
                "get full -o json",
                "get full --explain -o json",
                "scan",
                "scan --count",
                "nodes",
                "key replicas full",
                "put full again",
                "put full again --curl",
                "doctor",
                "completion bash",
                "--version",
                "--help",
                "store --help"
            })
    void outputThatCannotBeWrittenIsAFailure(String command) {
        run("$Q put full value");

        for (String stream : new String[] {">/dev/full", ">&-"}) {
            ShellRun run = run("$Q " + command + " " + stream);

            assertEquals(ExitCode.OUTPUT, run.exitCode(), () -> command + " " + stream + ": " + run);
            assertTrue(run.err().contains("standard output"), run::err);
            assertEquals(1, run.err().lines().count(), run::err);
        }
    }

    @Test
    void theChangeThatCannotBeReportedIsSaidToBeMade() {
        ShellRun run = run("$Q put full changed >/dev/full; $Q get full");

        assertEquals("changed", run.out());
        assertTrue(run.err().contains("is done"), run::err);
    }

    @Test
    void aReaderThatHasSeenEnoughMakesNoNoise() {
        for (int i = 0; i < KEYS; i++) {
            CLUSTER.client().put(CLUSTER.node(1), "many/" + i, LONG_VALUE);
        }
        for (String command : new String[] {"scan --prefix many/", "scan --prefix many/ -o json"}) {
            ShellRun run = run("$Q " + command + " | head -n 1; echo ${PIPESTATUS[0]} >&2");

            assertEquals(ExitCode.OUTPUT + "\n", run.err(), command);
            assertEquals(1, run.out().lines().count(), command);
        }
    }

    @Test
    void aTerminalIsAskedAndItsLineIsTheValue() {
        ShellRun put = run("(sleep 2; printf 'typed\\n'; sleep 0.2; printf '\\004'; sleep 3)"
                + " | script -qec '$Q put typed -' /dev/null");

        assertTrue(put.out().contains("reading the value from the terminal"), put.out());
        assertEquals("typed\n", run("$Q get typed").out());
        ShellRun shown = run("script -qec '$Q put shown bare >/dev/null; $Q get shown' /dev/null </dev/null");
        assertTrue(shown.out().endsWith("bare\r\n"), shown.out());
        assertFalse(shown.out().contains("quorate:"), shown.out());
    }

    @Test
    void aShellRunsTheLinesOfAPipeUpToTheFirstThatFails() {
        ShellRun run = run("printf 'put in/shell 1\nget in/shell\nget in/none\nput in/shell 2\n' | $Q shell");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("line 3 ended with 1"), run::err);
        assertEquals("1", run("$Q get in/shell").out());
    }

    @Test
    void aShellOnATerminalCompletesKeepsAHistoryAndOutlivesCtrlC() {
        String typed = "sleep 4; printf 'put typed/in/shell 1\n'; sleep 2; printf 'get typed/in/sh\t\n'; sleep 2;"
                + " printf 'nonsense qrt_secret\n'; printf 'half a line\003'; sleep 1; printf 'delete typed/in/shell\n';"
                + " sleep 2; printf '\004'; sleep 1";
        ShellRun shell = run(
                "export XDG_STATE_HOME=$PWD; (" + typed
                        + ") | script -qec 'stty cols 100 rows 30; $Q shell' /dev/null; cat quorate/history; stat -c %a quorate/history");

        assertTrue(shell.out().contains("created  "), shell::out);
        assertTrue(shell.out().contains("deleted  "), shell::out);
        String history = shell.out().substring(shell.out().lastIndexOf(":put typed"));
        assertTrue(history.contains(":get typed/in/shell"), history);
        assertTrue(history.endsWith(":delete typed/in/shell\n600\n"), history);
        assertFalse(history.contains("qrt_"), history);
    }

    private ShellRun run(String line) {
        return ShellRun.of(Map.of("QUORATE_ENDPOINTS", endpoints()), "cd '" + folder + "'; " + line);
    }

    private static String endpoints() {
        return CLUSTER.nodes().stream()
                .map(node -> "127.0.0.1:" + node.httpPort())
                .collect(Collectors.joining(","));
    }
}
