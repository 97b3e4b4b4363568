package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.GuideShell;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands by which pages break a local cluster, as a reader types them in the repository. */
@Tag("pages")
final class FaultPagesIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private GuideShell shell;

    @AfterEach
    void leaveNothingBehind() {
        shell.wipe();
    }

    @Test
    void eachFaultOfThePageIsInjectedAndHealed() throws IOException {
        shell = new GuideShell("docs/local-clusters.md", folder);
        for (String line : shell.block("scripts/cluster cut n1 n2")) {
            assertSucceeds(withoutComment(line));
        }
    }

    /** The benchmarks are as short as can be: their figures are for readers. */
    @Test
    void aSlowNodeIsSeenToBeSlow() throws IOException {
        shell = new GuideShell("docs/local-clusters.md", folder);
        new GuideShell("docs/benchmarks.md", folder)
                .block("scripts/bench --help")
                .forEach(this::assertSucceeds);
        for (String line : shell.block("scripts/bench --keys 2000 --clients 4 -e 127.0.0.1:7001,127.0.0.1:7002")) {
            String typed = shell.withItsPorts(withoutComment(line));
            if (typed.startsWith("curl ")) {
                await().atMost(SOON).untilAsserted(() -> {
                    String answer = assertSucceeds(typed).out().replaceAll("\\s", "");
                    assertTrue(answer.contains("\"state\":\"slow\""), answer);
                });
            } else {
                assertSucceeds(typed + (typed.contains("bench") ? " --seconds 2 --warmup-seconds 1" : ""));
            }
        }
    }

    @Test
    void fiveNodesLoseTwoWithoutAFailedRequest() throws IOException {
        shell = new GuideShell("docs/guarantees.md", folder, 5);
        List<String> lines = shell.block("scripts/cluster start");
        assertTrue(lines.get(0).startsWith("export QUORATE_HOME="), lines::toString);
        ShellRun run = assertSucceeds(
                shell.withItsPorts(String.join("\n", lines)).replace("/tmp/quorate-five", "'" + folder + "/.quorate'"));
        assertFalse(run.out().contains("failed"), run::out);
        assertTrue(run.out().contains("quorum 3 of 5; 0 more may be lost"), run::out);
    }

    private static String withoutComment(String line) {
        return line.replaceAll(" +# .*", "");
    }

    private ShellRun assertSucceeds(String typed) {
        ShellRun run = shell.runInRepository(typed);
        assertEquals(0, run.exitCode(), () -> typed + ": " + run.out() + run.err());
        return run;
    }
}
