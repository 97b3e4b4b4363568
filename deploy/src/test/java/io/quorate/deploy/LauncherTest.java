package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, with a Java that only prints its arguments. */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("src/dist/bin/quorate").toAbsolutePath();

    @TempDir
    Path javaHome;

    @BeforeEach
    void aJavaThatTellsItsOptions() throws IOException {
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @ParameterizedTest
    @CsvSource({"384, 96, 168", "512, 128, 224", "768, 192, 336", "1024, 256, 448", "4096, 1024, 1792"})
    void aServersMemoryIsDivided(String mib, String heap, String direct) {
        String options = launch(Map.of("QUORATE_MEMORY_MIB", mib), "node").output();

        assertTrue(options.contains("-Xms" + heap + "m -Xmx" + heap + "m "), options);
        assertTrue(options.contains("-XX:MaxDirectMemorySize=" + direct + "m "), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"383", "1g", "-5"})
    void memoryThatIsTooLittleOrNoNumberIsRefused(String mib) {
        CommandRun run = launch(Map.of("QUORATE_MEMORY_MIB", mib), "node");

        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains(mib) && run.output().contains("384"), run::output);
    }

    /** In a mount namespace, the limit of the control group is a file that the test writes. */
    @ParameterizedTest
    @CsvSource({"1536, 0, -Xmx256m", "1536, 1536, -Xmx384m", "512, 0, -Xmx128m"})
    void aServerStaysBelowTheLimitOfItsControlGroup(int limitMib, int givenMib, String heap) {
        CommandRun run = launchLimited(limitMib, givenMib);

        assertTrue(run.output().contains(heap), run::output);
    }

    /** The kernel would kill it under load. */
    @Test
    void moreMemoryThanTheControlGroupMayTakeIsRefused() {
        CommandRun run = launchLimited(1536, 4096);

        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains("4096") && run.output().contains("more than 1536 MiB"), run::output);
    }

    private CommandRun launchLimited(int limitMib, int givenMib) {
        List<String> unshare = List.of("unshare", "--map-root-user", "--mount");
        assumeTrue(isExecutable(unshare), "needs the right to make a mount namespace");
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_HOME", javaHome.toString()));
        if (givenMib > 0) {
            environment.put("QUORATE_MEMORY_MIB", Integer.toString(givenMib));
        }
        List<String> words = new ArrayList<>(unshare);
        words.addAll(List.of(
                "sh",
                "-c",
                "mount -t tmpfs none /sys/fs/cgroup && echo $(($2 * 1048576)) >/sys/fs/cgroup/memory.max && exec $1 node",
                "sh",
                LAUNCHER.toString(),
                Integer.toString(limitMib)));
        return CommandRun.of(environment, words);
    }

    private static boolean isExecutable(List<String> unshare) {
        List<String> words = new ArrayList<>(unshare);
        words.add("true");
        try {
            return CommandRun.of(Map.of(), words).exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Its main class is looked for in one jar after the other. */
    @Test
    void picocliIsTheFirstOnTheClassPath() throws IOException {
        Path home = Files.createDirectories(javaHome.resolve("quorate"));
        Files.createDirectories(home.resolve("bin"));
        Path launcher = Files.copy(LAUNCHER, home.resolve("bin/quorate"));
        for (String jar : List.of("netty.jar", "picocli-4.jar", "zstd.jar")) {
            Files.createFile(Files.createDirectories(home.resolve("lib")).resolve(jar));
        }

        CommandRun run = launch(launcher, Map.of(), "get");

        assertTrue(run.output().matches("(?s).*-cp \\S+/picocli-4.jar:\\S+/netty.jar:\\S+/zstd.jar .*"), run::output);
    }

    @Test
    void furtherOptionsComeLastAndWin() {
        String options = launch(Map.of("QUORATE_JAVA_OPTS", "-Xmx1g -XX:+UseZGC"), "node")
                .output();

        assertTrue(options.indexOf("-Xmx1g") > options.indexOf("-Xmx256m"), options);
        assertTrue(!options.contains("ParallelGC"), options);
    }

    private CommandRun launch(Map<String, String> variables, String command) {
        return launch(LAUNCHER, variables, command);
    }

    private CommandRun launch(Path launcher, Map<String, String> variables, String command) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("JAVA_HOME", javaHome.toString());
        return CommandRun.of(environment, List.of(launcher.toString(), command));
    }
}
