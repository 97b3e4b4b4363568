package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/tls.md}, as a reader types them. */
final class SecureGuideIT {
    private static final Path GUIDE = Path.of("docs/tls.md").toAbsolutePath();

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
    void theFiveMinutesLeadToASecuredCluster() throws IOException {
        String typed = String.join(" && ", block("quorate cluster start --secure"));

        ShellRun run = shell(typed);

        assertEquals(0, run.exitCode(), () -> run.out() + run.err());
        assertTrue(run.out().contains("\nhello"), run::out);
        assertTrue(run.out().contains("3 of 3 up"), run::out);
        assertTrue(run.out().contains("export QUORATE_CA="), run::out);
        ShellRun curl = shell("eval \"$(quorate get greeting --curl)\"");
        assertEquals("hello", curl.out(), curl::err);
        assertEquals(
                1,
                shell("quorate get greeting -e 127.0.0.1:$((QUORATE_HTTP_PORT_BASE + 1))")
                        .exitCode());
        assertTrue(shell("quorate cluster status").out().contains("https://127.0.0.1:"), run::out);
        assertEquals(
                0,
                shell("quorate doctor -e https://localhost:$((QUORATE_HTTP_PORT_BASE + 1)) --ca"
                                + " .quorate/certs/ca.crt --token-file .quorate/admin.token")
                        .exitCode());
    }

    @Test
    void theCertificatesCanBeMadeAndRenewedAsItSays() throws IOException {
        ShellRun made = shell(String.join(" && ", block("quorate cert create-ca --cluster demo")));
        assertEquals(0, made.exitCode(), made::err);

        ShellRun renewed = shell(String.join(" && ", block("mv new/n1.key new/n1.crt certs/")));

        assertEquals(0, renewed.exitCode(), renewed::err);
        assertEquals(0, shell("quorate cert show certs/*.crt").exitCode());
    }

    /** All of it holds data, keys, or what was done with them. */
    @Test
    void nobodyElseMayReadWhatAClusterLeavesOnDiskWhateverTheUmaskIs() {
        String typed = "umask 000 && quorate cluster start --secure --faults && quorate put greeting hello"
                + " && quorate checkpoint make first && quorate cluster restart n2 && quorate cert create-ca --cluster demo";
        ShellRun made = shell(typed);
        assertEquals(0, made.exitCode(), () -> made.out() + made.err());

        ShellRun open = shell("find .quorate certs -perm /077");

        assertEquals("", open.out());
        assertTrue(shell("find .quorate -name CURRENT").out().contains("checkpoints/first"));
    }

    @Test
    void aStartThatFailsLeavesNoCertificatesSoThatTheNextOneMayDoWithoutThem() throws IOException {
        int first = Integer.parseInt(environment.get("QUORATE_HTTP_PORT_BASE")) + 1;
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            ShellRun failed = shell("quorate cluster start --secure");
            assertEquals(1, failed.exitCode(), failed::out);
            assertTrue(failed.err().contains(Integer.toString(taken.getLocalPort())), failed::err);
        }
        assertFalse(Files.exists(folder.resolve(".quorate/certs")));
        ShellRun started = shell("quorate cluster start");
        assertEquals(0, started.exitCode(), started::err);
        assertTrue(shell("quorate cluster status").out().contains("http://127.0.0.1:" + first));
    }

    private ShellRun shell(String line) {
        return ShellRun.of(environment, "cd '" + folder + "' && quorate() { \"$Q\" \"$@\"; } && " + line);
    }

    /** The indented block with this line. */
    private static List<String> block(String line) throws IOException {
        List<String> lines = Files.readAllLines(GUIDE);
        int at = lines.indexOf("    " + line);
        assertTrue(at >= 0, () -> GUIDE + " has no line '" + line + "'");
        Predicate<Integer> isCode =
                i -> i >= 0 && i < lines.size() && lines.get(i).startsWith("    ");
        int first = at;
        while (isCode.test(first - 1)) {
            first--;
        }
        int last = at;
        while (isCode.test(last + 1)) {
            last++;
        }
        return lines.subList(first, last + 1).stream().map(String::strip).toList();
    }
}
