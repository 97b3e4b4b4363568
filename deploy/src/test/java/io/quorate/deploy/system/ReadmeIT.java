package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.GuideShell;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the first page, as a newcomer types them, on other ports and with the data in another folder. */
@Tag("pages")
final class ReadmeIT {
    private static final Path PAGE = Path.of("../README.md");
    private static final Path API = Path.of("docs/http-api.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?<typed>.*?)(?: +# (?<said>[^,:;]*).*)?");
    private static final Pattern PATH_OF_COMMAND = Pattern.compile("`(PATH=[^`]*)`");

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Map<String, String> NOT_RUN = Map.of("scripts/test", "it runs this test");

    /** A comment begins with what is printed, or it is one of these and this is printed. */
    private static final Map<String, String> DESCRIBED = Map.of("builds if needed", "n3 is ready");

    /** The same, of commands that change nothing. They are repeated until nodes have seen and done what they show. */
    private static final Map<String, String> DESCRIBED_SOON = Map.of(
            "n3 and n2 missed keys", "NODE  KEYS MISSED",
            "each replica's own copy", "\nn3    value .* 10 *\n",
            "every message of the request", "\n1 query  n",
            "what is wrong here", "n1, n2 and n3 serve reads and writes");

    /** As a cluster that lost n3 shows itself. */
    private static final Pattern CLUSTER_AS_LINES = Pattern.compile("(?m)^    cluster local.*\n(?:    n\\d .*\n){3}");

    @TempDir
    Path folder;

    private GuideShell shell;

    @BeforeEach
    void openShell() {
        shell = new GuideShell(PAGE.toString(), folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        shell.wipe();
    }

    @Test
    void eachCommandOfTheFirstPageAnswersAsThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        List<String> blocks =
                BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
        assertEquals(2 * blocks.size() + 1, page.split("```", -1).length, "a block has another form");

        for (String block : blocks) {
            for (String line : block.replaceAll("\\\\\n *", "").split("\n")) {
                Matcher command = COMMAND.matcher(line);
                assertTrue(command.matches(), line);
                String typed = command.group("typed");
                if (!NOT_RUN.containsKey(typed)) {
                    assertAnswers(typed, command.group("said"));
                }
                if (typed.equals("quorate put greeting 'still here'")) {
                    assertTheClusterLooksAsThePageOfTheApiShows();
                }
            }
        }
    }

    private void assertAnswers(String typed, String said) throws IOException {
        if (said == null) {
            assertPrints("", type(typed));
        } else if (DESCRIBED_SOON.containsKey(said)) {
            await().atMost(SOON).untilAsserted(() -> assertPrints(DESCRIBED_SOON.get(said), type(typed)));
        } else {
            assertPrints(DESCRIBED.getOrDefault(said, Pattern.quote(said)), type(typed));
        }
    }

    private static void assertPrints(String pattern, ShellRun run) {
        String printed = "\n" + run.out() + run.err();
        assertEquals(0, run.exitCode(), printed);
        assertTrue(Pattern.compile(pattern).matcher(printed).find(), () -> pattern + " is not in " + printed);
    }

    private void assertTheClusterLooksAsThePageOfTheApiShows() throws IOException {
        Matcher shown = CLUSTER_AS_LINES.matcher(Files.readString(API));
        assertTrue(shown.find());
        String curl = "curl -H 'Accept: text/plain' localhost:7001/v1/cluster";
        assertTrue(Files.readString(API).contains("`" + curl + "`"));
        String lines = type(curl).out();
        for (int node = 1; node <= 3; node++) {
            lines = lines.replace(":" + (shell.firstHttpPort() + node - 1), ":700" + node)
                    .replace(":" + (shell.firstPeerPort() + node - 1), ":710" + node);
        }
        assertEquals(shown.group().replaceAll("(?m)^    ", ""), lines);
    }

    /** In the folder of the repository, and with its launcher on the path as the page has it. */
    private ShellRun type(String typed) throws IOException {
        Matcher path = PATH_OF_COMMAND.matcher(Files.readString(PAGE));
        assertTrue(path.find());
        return shell.runInRepository("unset -f quorate && " + path.group(1) + " && " + shell.withItsPorts(typed));
    }
}
