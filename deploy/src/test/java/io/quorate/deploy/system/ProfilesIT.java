package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of a secured cluster in another folder: commands with a profile, curl and Prometheus. */
final class ProfilesIT {
    private static final Path MONITORING = Path.of("monitoring").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Map<String, String> environment;
    private static int firstPort;

    @BeforeAll
    static void startAClusterAndDescribeItInAProfile() throws IOException {
        int http = FreePorts.takeRow(3);
        firstPort = http + 1;
        environment = Map.of(
                "QUORATE_HTTP_PORT_BASE", Integer.toString(http),
                "QUORATE_PEER_PORT_BASE", Integer.toString(FreePorts.takeRow(3)),
                "XDG_CONFIG_HOME", folder.resolve("config").toString());
        Files.createDirectories(folder.resolve("cluster"));
        Files.createDirectories(folder.resolve("elsewhere"));
        assertSuccess(in("cluster", "quorate cluster start --secure"));
        assertSuccess(elsewhere("quorate profile set prod -e https://localhost:" + firstPort + ",https://localhost:"
                + (firstPort + 1) + " --ca ../cluster/.quorate/certs/ca.crt"
                + " --token-file ../cluster/.quorate/admin.token --timeout 9s"));
    }

    @AfterAll
    static void leaveNothingBehind() {
        in("cluster", "quorate cluster wipe --yes");
    }

    private static ShellRun elsewhere(String line) {
        return in("elsewhere", line);
    }

    private static ShellRun in(String name, String line) {
        return ShellRun.of(environment, "cd '" + folder.resolve(name) + "' && quorate() { \"$Q\" \"$@\"; } && " + line);
    }

    private static ShellRun assertSuccess(ShellRun run) {
        assertEquals(0, run.exitCode(), () -> run.out() + run.err());
        return run;
    }

    /** In their order: the later ones find what the first have written. */
    @Test
    void everyCommandThatSpeaksToAClusterTakesAProfile() {
        String p = " --profile prod";
        String quick = " --seconds 1 --warmup-seconds 0 --clients 2";
        for (String command : List.of(
                "put app/a 1" + p,
                "get app/a" + p,
                "cas app/a \"$(quorate get app/a -o json" + p
                        + " | sed -n 's/.*\"version\" : \"\\(.*\\)\".*/\\1/p')\" 2" + p,
                "add app/a 3" + p,
                "append app/log line" + p,
                "scan --prefix app/" + p,
                "key replicas app/a" + p,
                "nodes" + p,
                "repair status" + p,
                "repair now" + p,
                "checkpoint make first" + p,
                "checkpoint list" + p,
                "checkpoint delete first" + p,
                "bench --keys 100 --load" + quick + p,
                "bench --keys 100 --rate 50" + quick + p,
                "delete app/a" + p)) {
            assertSuccess(elsewhere("quorate " + command));
        }
    }

    /** They give a node only a second or so, which a busy machine may not keep. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "doctor",
                "bench increments --seconds 3 --warmup-seconds 1 --clients 2",
                "bench increments --seconds 3 --warmup-seconds 1 --clients 2 --by if_match"
            })
    void commandsThatCannotWaitTakeAProfileToo(String command) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertSuccess(elsewhere("quorate " + command + " --profile prod")));
    }

    @Test
    void theVariableDoesTheSameAndWithoutItNoProfileIsUsed() {
        assertSuccess(elsewhere("export QUORATE_PROFILE=prod && quorate put app/variable 1"));
        assertEquals(1, elsewhere("quorate get app/variable").exitCode());
        ShellRun unknown = elsewhere("QUORATE_PROFILE=pord quorate get app/variable");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("There are: prod."), unknown.err());
        assertFalse(unknown.err().contains("has no effect"), unknown.err());
    }

    @Test
    void theTimeoutOfAProfileHoldsUnlessAnOptionSaysAnother() {
        String curl = "quorate get app/a --profile prod --curl";
        assertTrue(elsewhere(curl).out().contains("?timeout=9s"));
        assertTrue(elsewhere(curl + " --timeout 1s").out().contains("?timeout=1s"));
    }

    @Test
    void curlSendsTheSameWithoutTheSecretInItsArguments() throws IOException {
        String secret =
                Files.readString(folder.resolve("cluster/.quorate/admin.token")).strip();
        ShellRun shown = assertSuccess(elsewhere("quorate put app/curl --profile prod --curl </dev/null"));
        assertFalse(shown.out().contains(secret), shown.out());
        assertSuccess(elsewhere("printf typed | sh -c \"$(quorate put app/curl --profile prod --curl)\" &&"
                + " test \"$(eval \"$(quorate get app/curl --profile prod --curl)\")\" = typed"));
        assertSuccess(
                elsewhere("curl() { echo \"$*\"; } && ! eval \"$(quorate get app/curl --profile prod --curl)\" | grep "
                        + secret));
    }

    @Test
    void theExampleForPrometheusScrapesASecuredNode() throws IOException {
        JsonNode example = new YAMLMapper().readTree(Files.readString(MONITORING.resolve("prometheus.yaml")));
        example.path("rule_files").forEach(rules -> assertTrue(Files.exists(MONITORING.resolve(rules.asText()))));
        JsonNode job = example.at("/scrape_configs/0");
        assertEquals("quorate", job.path("job_name").asText());
        assertEquals(3, job.at("/static_configs/0/targets").size());
        String token = job.at("/authorization/credentials_file").asText();
        String authority = job.at("/tls_config/ca_file").asText();

        assertSuccess(in("cluster", addToken() + " && cp .quorate/certs/ca.crt " + authority));
        String asPrometheus = "curl -sS --fail --cacert " + authority + " -H \"Authorization: Bearer $(cat " + token
                + ")\" " + job.path("scheme").asText() + "://localhost:" + firstPort;
        // A node uses a changed access file within seconds.
        ShellRun scraped =
                in("cluster", "for i in $(seq 60); do " + asPrometheus + "/metrics && break; sleep 0.5; done");
        assertTrue(assertSuccess(scraped).out().contains("\nquorate_quorum_margin 1.0"), scraped::out);
        assertEquals(22, in("cluster", asPrometheus + "/v1/kv/app/a").exitCode());
    }

    /** The command that {@code monitoring/README.md} shows. */
    private static String addToken() throws IOException {
        return Files.readAllLines(MONITORING.resolve("README.md")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("quorate access add-token "))
                .findFirst()
                .orElseThrow();
    }
}
