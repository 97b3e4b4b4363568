package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/access.md}, as a reader types them, with real processes. */
final class AccessGuideIT {
    private static final Path GUIDE = Path.of("docs/access.md").toAbsolutePath();

    @TempDir
    Path folder;

    private Map<String, String> environment;

    @BeforeEach
    void chooseFreePorts() {
        environment = Map.of(
                "QUORATE_HTTP_PORT_BASE", Integer.toString(FreePorts.takeRow(3)),
                "QUORATE_PEER_PORT_BASE", Integer.toString(FreePorts.takeRow(3)));
    }

    @AfterEach
    void leaveNothingBehind() {
        shell("quorate cluster wipe --yes");
    }

    @Test
    void theFiveMinutesLeadToAPrincipalThatMayDoLess() throws IOException {
        String typed = String.join(" && ", block());
        ShellRun run = shell(typed);
        assertEquals(0, run.exitCode(), () -> run.out() + run.err());
        assertTrue(run.out().contains("\nhello"), run::out);
        assertTrue(run.out().contains("read:app/"), run::out);
        await().atMost(Duration.ofSeconds(30)).until(() -> shell("quorate get app/greeting --token-file app.token")
                .err()
                .contains("(401 from "));
    }

    @Test
    void aPrincipalMayDoWhatItsGrantsSayWithATokenOrACertificate() {
        assertEquals(0, shell("quorate cluster start --secure").exitCode());
        assertEquals(0, shell("quorate put app/a 1 && quorate put other/a 1").exitCode());
        ShellRun made = shell("quorate access add-token app --grant read:app/ --out app.token"
                + " && quorate access grant carl --grant observe"
                + " && quorate cert create-client carl --cluster local --ca-dir .quorate/certs");
        assertEquals(0, made.exitCode(), made::err);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shell("quorate get app/a --token-file app.token").exitCode() == 0);

        assertRefused("quorate get other/a --token-file app.token", "app needs the grant read:other/a");
        assertRefused("quorate put app/a 2 --token-file app.token", "app needs the grant write:app/a");
        assertRefused("quorate scan --token-file app.token", "app needs the grant read without a prefix");
        assertRefused("quorate nodes --token-file app.token", "app needs the grant observe");
        assertEquals(
                0, shell("quorate scan --prefix app/ --token-file app.token").exitCode());
        assertEquals(
                "1",
                shell("QUORATE_TOKEN=$(cat app.token) quorate get app/a").out().strip());

        String certified = "https://localhost:$((QUORATE_HTTP_PORT_BASE + 1)) --ca .quorate/certs/ca.crt"
                + " --cert certs/carl.crt --key certs/carl.key";
        assertEquals(0, shell("quorate nodes -e " + certified).exitCode());
        assertRefused("quorate get app/a -e " + certified, "carl needs the grant read:app/a");
        assertRefused(
                "quorate get app/a -e https://localhost:$((QUORATE_HTTP_PORT_BASE + 1)) --ca .quorate/certs/ca.crt",
                "this needs a valid token");
    }

    private void assertRefused(String line, String why) {
        ShellRun run = shell(line);
        assertEquals(1, run.exitCode(), run::out);
        assertTrue(run.err().contains(why), run::err);
    }

    private ShellRun shell(String line) {
        return ShellRun.of(environment, "cd '" + folder + "' && quorate() { \"$Q\" \"$@\"; } && " + line);
    }

    /** The first indented block. */
    private static List<String> block() throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .dropWhile(line -> !line.startsWith("    "))
                .takeWhile(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
    }
}
