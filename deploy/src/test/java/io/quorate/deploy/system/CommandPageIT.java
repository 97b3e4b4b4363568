package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.GuideShell;
import io.quorate.deploy.cluster.ShellRun;
import io.quorate.deploy.cluster.Snippet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/command.md}, as a reader types them, at home in the folder of the test. */
@Tag("pages")
final class CommandPageIT {
    /** Of a plain put. Conditional writes and functions of a new key have short ones. */
    private static final String VERSION = "[0-9a-f]{15}\\.[0-9a-f]{16}\\.\\d+\\.\\d+";

    private static final String ANY_VERSION = "\\b[0-9a-f]+\\.[0-9a-f]+\\.\\d+\\.\\d+\\b";

    /** What stands behind a command in the list is what it prints, or what it is for. */
    private static final Pattern LINE = Pattern.compile("(?<typed>.*?)(?: {2,}(?<said>.*))?");

    /** What is printed of the first list, and of that about exports, with N for numbers. */
    private static final Set<String> PRINTED_OF_LIST = Set.of("created VERSION", "hello", "N changed VERSION");

    private static final Set<String> PRINTED_OF_EXPORT =
            Set.of("N keys", "N lines are right", "applied N kept N expired N refused N unknown N");

    private static final String ENDPOINTS_OF_PAGE = "https://db1.example.com:7001,https://db2.example.com:7001";

    @TempDir
    Path folder;

    private GuideShell shell;

    @BeforeEach
    void openShell() {
        shell = new GuideShell("docs/command.md", folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        shell.wipe();
    }

    @Test
    void eachCommandOfTheListsDoesWhatThePageSays() throws IOException {
        assertSucceeds("quorate cluster start");
        assertSucceeds("quorate add seats/taken 15 && quorate put light red && quorate put user/1 Ada");
        assertSucceeds("quorate profile set prod -e 127.0.0.1:" + shell.firstHttpPort());
        assertSucceeds("mkdir src conf && touch src/a && cp '" + Distribution.folder() + "/conf/node.yaml' conf");

        assertSaid(PRINTED_OF_LIST, shell.block(lineOf("quorate put greeting hello --ttl 1h ")));
        assertSaid(PRINTED_OF_EXPORT, shell.block(lineOf("quorate export all.ndjson  ")));

        assertSucceeds("quorate checkpoint delete monday");
        String toMake = "quorate checkpoint make monday";
        new GuideShell("docs/operating.md", folder).block(toMake).forEach(this::assertSucceeds);
    }

    @Test
    void aProfileNamesASecuredClusterForCommandsAndTheShell() throws IOException {
        assertSucceeds("quorate cluster start --secure && quorate put greeting hello");
        assertSucceeds(
                "mkdir certs && cp .quorate/certs/ca.crt . && cp ca.crt certs && cp .quorate/admin.token prod.token");
        String block = String.join(" && ", shell.block("export QUORATE_PROFILE=prod"));
        assertTrue(block.contains(ENDPOINTS_OF_PAGE), block);
        String endpoints =
                "https://localhost:" + shell.firstHttpPort() + ",https://localhost:" + (shell.firstHttpPort() + 1);
        ShellRun run = assertSucceeds(block.replace(ENDPOINTS_OF_PAGE, endpoints));
        assertTrue(run.out().contains("hello"), run::out);

        String line = shell.block("quorate shell --profile prod").get(0);
        assertEquals(
                "hello", assertSucceeds("echo get greeting | " + line).out().strip());

        String toRead = "quorate get greeting --ca certs/ca.crt -e https://db1.example.com:7001";
        for (String typed : new GuideShell("docs/tls.md", folder).block(toRead)) {
            String here = typed.replace("db1.example.com:7001", "localhost:" + shell.firstHttpPort());
            assertEquals(
                    "hello",
                    assertSucceeds("QUORATE_TOKEN=$(cat prod.token) && export QUORATE_TOKEN && " + here)
                            .out()
                            .strip());
        }
    }

    @Test
    void completionGoesWhereTheShellsLook() throws IOException {
        assertSucceeds("mkdir -p .local/share/bash-completion/completions .config/fish/completions");
        shell.block("echo 'source <(quorate completion zsh)' >> ~/.zshrc").forEach(this::assertSucceeds);
        ShellRun bash =
                assertSucceeds("source .local/share/bash-completion/completions/quorate && complete -p quorate");
        assertTrue(bash.out().contains("quorate"), bash::out);
        assertSucceeds("grep -q 'complete -c quorate' .config/fish/completions/quorate.fish");
    }

    private String lineOf(String begin) throws IOException {
        return Snippet.of(Path.of("docs/command.md")).stream()
                .flatMap(snippet -> snippet.lines().stream())
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line begins with " + begin));
    }

    /** Runs all lines. Those of which the page shows what they print, print it. */
    private void assertSaid(Set<String> printed, List<String> lines) {
        String written = "";
        Set<String> met = new HashSet<>();
        for (String line : lines) {
            Matcher command = LINE.matcher(line);
            assertTrue(command.matches(), line);
            String typed = command.group("typed").replaceAll(VERSION, written);
            ShellRun run = assertSucceeds(typed.replace("127.0.0.1:7101", "127.0.0.1:" + shell.firstHttpPort()));
            String all = run.out() + run.err();
            if (command.group("said") != null && printed.contains(general(command.group("said")))) {
                String said = general(command.group("said"));
                assertTrue(general(all).contains(said), () -> typed + " printed " + all);
                met.add(said);
            }
            Matcher version = Pattern.compile(VERSION).matcher(all);
            written = version.find() ? version.group() : written;
        }
        assertEquals(printed, met);
    }

    private static String general(String text) {
        return text.strip()
                .replaceAll(ANY_VERSION, "VERSION")
                .replaceAll("\\b\\d+\\b", "N")
                .replaceAll("\\s+", " ");
    }

    private ShellRun assertSucceeds(String typed) {
        ShellRun run = shell.run("export HOME=$PWD && unset XDG_CONFIG_HOME XDG_STATE_HOME && " + typed);
        assertEquals(0, run.exitCode(), () -> typed + ": " + run.out() + run.err());
        return run;
    }
}
