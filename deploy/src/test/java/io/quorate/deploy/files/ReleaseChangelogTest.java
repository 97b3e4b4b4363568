package io.quorate.deploy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which section of the changelog is that of a release: {@code release/changelog} decides it. */
final class ReleaseChangelogTest {
    private static final String OLD = "## 0.1.0, 2026-01-01\n\n- old\n";

    @TempDir
    Path folder;

    @Test
    void whatIsUnreleasedGetsTheVersionAndTheDay() throws IOException {
        assertMakes(
                "# C\n\n## 0.2.0, 2026-11-30\n\n- new\n\n" + OLD, "# C\n\n## Unreleased\n\n- new\n\n" + OLD, "0.2.0");
    }

    @Test
    void aSectionOfTheVersionStaysAsItIs() throws IOException {
        assertMakes("# C\n\n" + OLD, "# C\n\n" + OLD, "0.1.0");
        assertMakes("# C\n\n" + OLD, "# C\n\n## Unreleased\n\n" + OLD, "0.1.0");
    }

    @Test
    void aVersionCannotHaveChangesThatCameAfterIt() throws IOException {
        assertRefuses("changes in '## Unreleased', which 0.1.0 cannot have", "# C\n\n## Unreleased\n\n- new\n\n" + OLD);
    }

    @Test
    void aVersionWithoutAChangeIsNone() throws IOException {
        assertRefuses("no section '## Unreleased' or '## 0.1.0'", "# C\n\n## Unreleased\n\n## 0.1.0-rc1\n\n- old\n");
        assertRefuses("no section '## Unreleased' or '## 0.1.0'", "");
    }

    @Test
    void theChangelogOfTodayHasChangesForTheNextVersion() throws IOException {
        String today = Files.readString(Path.of("docs/CHANGELOG.md"));
        assertMakes(today.replace("\n## Unreleased\n", "\n## 99.0.0, 2026-11-30\n"), today, "99.0.0");
    }

    private void assertMakes(String expected, String changelog, String version) throws IOException {
        CommandRun run = run(changelog, version);
        assertEquals(0, run.exitCode(), run::output);
        assertEquals(expected, run.output());
    }

    private void assertRefuses(String why, String changelog) throws IOException {
        CommandRun run = run(changelog, "0.1.0");
        assertEquals(1, run.exitCode(), run::output);
        assertTrue(run.output().startsWith("release: ") && run.output().contains(why), run::output);
    }

    private CommandRun run(String changelog, String version) throws IOException {
        Path file = Files.writeString(folder.resolve("CHANGELOG.md"), changelog);
        String line = "release/changelog " + version + " 2026-11-30 < '" + file + "'";
        return CommandRun.of(Map.of(), List.of("bash", "-c", line));
    }
}
