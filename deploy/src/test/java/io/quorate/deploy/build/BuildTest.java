package io.quorate.deploy.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build says of its sources, which {@code release/commit} asks Git about. */
final class BuildTest {
    private static final Map<String, String> COMMITTER = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_AUTHOR_NAME", "a",
            "GIT_AUTHOR_EMAIL", "a@example.com",
            "GIT_COMMITTER_NAME", "a",
            "GIT_COMMITTER_EMAIL", "a@example.com",
            "GIT_COMMITTER_DATE", "2026-11-30T00:30:00+01:00");

    @TempDir
    Path sources;

    @TempDir
    Path output;

    @Test
    void aCloneHasItsCommitAndTheDayOfThatCommitInUtc() throws IOException {
        String commit = commitSources();

        Build build = build();

        assertEquals(new Build("1.2.3", commit, "2026-11-29", false), build);
        assertEquals("1.2.3, commit " + commit.substring(0, 12) + " of 2026-11-29", build.toString());
    }

    @Test
    void sourcesThatDifferFromTheirCommitSaySo() throws IOException {
        commitSources();
        Files.writeString(sources.resolve("new"), "x");

        assertTrue(build().toString().endsWith(" with changes"));
    }

    @Test
    void sourcesWithoutGitHaveAnUnknownCommit() throws IOException {
        layScript(sources);

        assertEquals("1.2.3, commit unknown", build().toString());
    }

    @Test
    void sourcesWithoutGitHaveTheCommitThatTheirBuilderNames() throws IOException {
        layScript(sources);
        String commit = "0123456789abcdef0123456789abcdef01234567";
        Map<String, String> variables = Map.of("SOURCE_COMMIT", commit, "SOURCE_DATE", "2026-11-29");

        Build build = build(sources.resolve("deploy/release/commit"), variables);

        assertEquals(new Build("1.2.3", commit, "2026-11-29", false), build);
    }

    @Test
    void anArchiveInsideAnotherCloneDoesNotTakeThatOnesCommit() throws IOException {
        commitSources();
        Path archive = layScript(sources.resolve("vendor/quorate"));

        assertEquals("1.2.3, commit unknown", build(archive, Map.of()).toString());
    }

    private String commitSources() throws IOException {
        layScript(sources);
        assumeTrue(
                CommandRun.of(Map.of(), List.of("sh", "-c", "command -v git")).exitCode() == 0, "there is no git");
        assertEquals(0, git("init", "-q").exitCode());
        assertEquals(0, git("add", ".").exitCode());
        assertEquals(0, git("commit", "-q", "-m", "first").exitCode());
        return git("rev-parse", "HEAD").output().strip();
    }

    private CommandRun git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", sources.toString()));
        command.addAll(List.of(arguments));
        return CommandRun.of(COMMITTER, command);
    }

    private static Path layScript(Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("deploy/release"));
        return Files.copy(Path.of("release/commit"), folder.resolve("commit"));
    }

    private Build build() throws IOException {
        return build(sources.resolve("deploy/release/commit"), Map.of());
    }

    private Build build(Path script, Map<String, String> variables) throws IOException {
        Path file = output.resolve("classes/build.properties");
        CommandRun run = CommandRun.of(variables, List.of(script.toString(), "1.2.3", file.toString()));
        assertEquals("", run.output());
        assertEquals(0, run.exitCode());
        try (InputStream properties = Files.newInputStream(file)) {
            return Build.read(properties);
        }
    }
}
