package io.quorate.deploy.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.Quorate;
import io.quorate.deploy.local.folder.LocalClusterException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which words a process starts servers: with those of its distribution, or with its own class path. */
final class ServerProgramTest {
    private static final Path LAUNCHER = Path.of("src/dist/bin/quorate");

    private final String before = System.getProperty("quorate.home", "");

    @TempDir
    private Path home;

    @BeforeEach
    void outsideOfADistribution() {
        System.clearProperty("quorate.home");
    }

    @AfterEach
    void asBefore() {
        if (before.isEmpty()) {
            System.clearProperty("quorate.home");
        } else {
            System.setProperty("quorate.home", before);
        }
    }

    @Test
    void aDistributionHasItsOwnLauncher() throws Exception {
        System.setProperty("quorate.home", home.toString());
        assertTrue(assertThrows(LocalClusterException.class, () -> ServerProgram.ofThisProcess(Map.of()))
                .getMessage()
                .contains(home.toString()));
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("quorate");
        Files.createFile(launcher);
        assertTrue(launcher.toFile().setExecutable(true));
        assertEquals(List.of(launcher.toString()), ServerProgram.ofThisProcess(Map.of()));
    }

    @Test
    void elsewhereTheClassPathRunsWithTheOptionsOfTheLauncher() throws Exception {
        List<String> words = ServerProgram.ofThisProcess(Map.of("QUORATE_MEMORY_MIB", "512"));
        assertTrue(words.containsAll(List.of("-Xms128m", "-Xmx128m", "-XX:MaxDirectMemorySize=224m")), words::toString);
        assertEquals(Quorate.class.getName(), words.get(words.size() - 1));
        String launcher = Files.readString(LAUNCHER);
        assertTrue(launcher.contains("-Xmx$((memory / 4))m -XX:MaxDirectMemorySize=$((memory * 7 / 16))m"));
        List<String> fixed = words.stream()
                .filter(word -> word.startsWith("-XX:") && !word.contains("DirectMemory"))
                .toList();
        assertTrue(fixed.stream().allMatch(launcher::contains), fixed::toString);
    }

    @Test
    void itsLogIsTheServersOwn() throws Exception {
        String option = "-Dlogback.configurationFile=";
        String file = ServerProgram.ofThisProcess(Map.of()).stream()
                .filter(word -> word.startsWith(option))
                .findFirst()
                .orElseThrow();
        assertTrue(content(file.substring(option.length())).contains("QUORATE_LOG_LEVEL"));
    }

    private static String content(String uri) throws IOException {
        try (InputStream stream = URI.create(uri).toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void memoryThatIsNoNumberIsRefused() {
        assertTrue(assertThrows(
                        LocalClusterException.class,
                        () -> ServerProgram.ofThisProcess(Map.of("QUORATE_MEMORY_MIB", "much")))
                .getMessage()
                .contains("QUORATE_MEMORY_MIB is 'much'"));
    }
}
