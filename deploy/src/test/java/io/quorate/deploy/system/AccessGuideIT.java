package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.GuideShell;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/access.md}, as a reader types them, with real processes. */
@Tag("pages")
final class AccessGuideIT {
    @TempDir
    Path folder;

    private GuideShell shell;

    @BeforeEach
    void openShell() {
        shell = new GuideShell("docs/access.md", folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        shell.wipe();
    }

    @Test
    void theFiveMinutesLeadToAPrincipalThatMayDoLess() throws IOException {
        ShellRun run = shell.runBlock("quorate cluster start --secure");
        assertEquals(0, run.exitCode(), () -> run.out() + run.err());
        assertTrue(run.out().contains("\nhello"), run::out);
        assertTrue(run.out().contains("read:app/"), run::out);
        await().atMost(Duration.ofSeconds(30)).until(() -> shell.run("quorate get app/greeting --token-file app.token")
                .err()
                .contains("(401 from "));
        String toLook = "quorate access add-token ann --grant observe --grant read --out ann.token";
        assertEquals(0, shell.runBlock(toLook).exitCode());
        assertTrue(shell.run("quorate access list").out().contains("ann"));
    }

    @Test
    void theCommandsForAClusterOfOnesOwnAndForABrowserRun() throws IOException {
        String first = "quorate access add-token admin --grant admin --file access.yaml --out admin.token";
        assertTrue(Files.readString(Path.of("docs/access.md")).contains("`" + first + "`"));
        assertEquals(0, shell.run(first).exitCode());
        String toMake = "quorate cert create-ca --cluster demo && quorate cert create-client alice --cluster demo";
        assertEquals(0, shell.run(toMake).exitCode());

        String forBrowser = "openssl pkcs12 -export -in certs/alice.crt -inkey certs/alice.key -out alice.p12";
        assertTrue(Files.readString(Path.of("docs/access.md")).contains("    " + forBrowser + "\n"));
        assumeTrue(shell.run("command -v openssl").exitCode() == 0, "there is no openssl");
        ShellRun exported = shell.run(forBrowser + " -passout pass:x");
        assertEquals(0, exported.exitCode(), exported::err);
    }

    @Test
    void aPrincipalMayDoWhatItsGrantsSayWithATokenOrACertificate() {
        assertEquals(0, shell.run("quorate cluster start --secure").exitCode());
        assertEquals(
                0, shell.run("quorate put app/a 1 && quorate put other/a 1").exitCode());
        ShellRun made = shell.run("quorate access add-token app --grant read:app/ --out app.token"
                + " && quorate access grant carl --grant observe"
                + " && quorate cert create-client carl --cluster local --ca-dir .quorate/certs");
        assertEquals(0, made.exitCode(), made::err);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        shell.run("quorate get app/a --token-file app.token").exitCode() == 0);

        assertRefused("quorate get other/a --token-file app.token", "app needs the grant read:other/a");
        assertRefused("quorate put app/a 2 --token-file app.token", "app needs the grant write:app/a");
        assertRefused("quorate scan --token-file app.token", "app needs the grant read without a prefix");
        assertRefused("quorate nodes --token-file app.token", "app needs the grant observe");
        assertEquals(
                0,
                shell.run("quorate scan --prefix app/ --token-file app.token").exitCode());
        assertEquals(
                "1",
                shell.run("QUORATE_TOKEN=$(cat app.token) quorate get app/a")
                        .out()
                        .strip());

        String certified = "https://localhost:$((QUORATE_HTTP_PORT_BASE + 1)) --ca .quorate/certs/ca.crt"
                + " --cert certs/carl.crt --key certs/carl.key";
        assertEquals(0, shell.run("quorate nodes -e " + certified).exitCode());
        assertRefused("quorate get app/a -e " + certified, "carl needs the grant read:app/a");
        assertRefused(
                "quorate get app/a -e https://localhost:$((QUORATE_HTTP_PORT_BASE + 1)) --ca .quorate/certs/ca.crt",
                "this needs a valid token");
    }

    private void assertRefused(String line, String why) {
        ShellRun run = shell.run(line);
        assertEquals(1, run.exitCode(), run::out);
        assertTrue(run.err().contains(why), run::err);
    }
}
