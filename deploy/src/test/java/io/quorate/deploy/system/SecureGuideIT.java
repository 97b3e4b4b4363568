package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.GuideShell;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/tls.md}, as a reader types them. */
final class SecureGuideIT {
    @TempDir
    Path folder;

    private GuideShell shell;

    @BeforeEach
    void openShell() {
        shell = new GuideShell("docs/tls.md", folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        shell.wipe();
    }

    @Test
    void theFiveMinutesLeadToASecuredCluster() throws IOException {
        ShellRun run = shell.runBlock("quorate cluster start --secure");

        assertEquals(0, run.exitCode(), () -> run.out() + run.err());
        assertTrue(run.out().contains("\nhello"), run::out);
        assertTrue(run.out().contains("3 of 3 up"), run::out);
        assertTrue(run.out().contains("export QUORATE_CA="), run::out);
        assertTrue(run.out().contains("console: https://127.0.0.1:"), run::out);
        assertTrue(run.out().contains("log in with the token that this prints: cat "), run::out);
        ShellRun curl = shell.run("eval \"$(quorate get greeting --curl)\"");
        assertEquals("hello", curl.out(), curl::err);
        assertEquals(
                1,
                shell.run("quorate get greeting -e 127.0.0.1:$((QUORATE_HTTP_PORT_BASE + 1))")
                        .exitCode());
        assertTrue(shell.run("quorate cluster status").out().contains("https://127.0.0.1:"), run::out);
        assertEquals(
                0,
                shell.run("quorate doctor -e https://localhost:$((QUORATE_HTTP_PORT_BASE + 1)) --ca"
                                + " .quorate/certs/ca.crt --token-file .quorate/admin.token")
                        .exitCode());
    }

    @Test
    void theCertificatesCanBeMadeAndRenewedAsItSays() throws IOException {
        ShellRun made = shell.runBlock("quorate cert create-ca --cluster demo");
        assertEquals(0, made.exitCode(), made::err);

        ShellRun renewed = shell.runBlock("mv new/n1.key new/n1.crt certs/");

        assertEquals(0, renewed.exitCode(), renewed::err);
        assertEquals(0, shell.run("quorate cert show certs/*.crt").exitCode());
    }

    /** All of it holds data, keys, or what was done with them. */
    @Test
    void nobodyElseMayReadWhatAClusterLeavesOnDiskWhateverTheUmaskIs() {
        String typed = "umask 000 && quorate cluster start --secure --faults && quorate put greeting hello"
                + " && quorate checkpoint make first && quorate cluster restart n2 && quorate cert create-ca --cluster demo"
                + " && quorate access add-token app --grant read --file rules/of/access.yaml"
                + " && quorate profile set own -e https://localhost:7001 --file own/profiles/of.yaml";
        ShellRun made = shell.run(typed);
        assertEquals(0, made.exitCode(), () -> made.out() + made.err());

        ShellRun open = shell.run("find .quorate certs rules own -perm /077");

        assertEquals("", open.out());
        assertTrue(shell.run("find .quorate -name CURRENT").out().contains("checkpoints/first"));
    }

    /** A node lives long, and has no use for the secret of the client that started it. */
    @Test
    void whatAStartProposesWorksAndNoProcessShowsAToken() {
        ShellRun started = shell.run("QUORATE_TOKEN=qrt_of_me QUORATE_TOKEN_FILE=mine quorate cluster start --secure");
        assertEquals(0, started.exitCode(), started::err);
        List<String> proposed = (started.out() + started.err())
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("curl "))
                .toList();
        assertEquals(3, proposed.size(), started::out);
        for (String line : proposed) {
            assertFalse(line.contains("-H \"Authorization"), line);
            ShellRun run = shell.run(line.replace("curl ", "curl -sS --fail "));
            assertEquals(0, run.exitCode(), () -> line + ": " + run.err());
        }

        ShellRun seen = shell.run("for pid in $(cut -d ' ' -f 1 .quorate/*/pid); do"
                + " tr '\\0' '\\n' < /proc/$pid/environ; tr '\\0' '\\n' < /proc/$pid/cmdline; done");

        assertTrue(seen.out().contains("QUORATE_"), seen::out);
        assertFalse(seen.out().contains("qrt_") || seen.out().contains("QUORATE_TOKEN"), seen::out);
    }

    @Test
    void aStartThatFailsLeavesNoCertificatesSoThatTheNextOneMayDoWithoutThem() throws IOException {
        int first = shell.firstHttpPort();
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            ShellRun failed = shell.run("quorate cluster start --secure");
            assertEquals(1, failed.exitCode(), failed::out);
            assertTrue(failed.err().contains(Integer.toString(taken.getLocalPort())), failed::err);
        }
        assertFalse(Files.exists(folder.resolve(".quorate/certs")));
        ShellRun started = shell.run("quorate cluster start");
        assertEquals(0, started.exitCode(), started::err);
        assertTrue(shell.run("quorate cluster status").out().contains("http://127.0.0.1:" + first));
    }
}
