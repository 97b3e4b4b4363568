package io.quorate.deploy.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quorate.deploy.cluster.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/vulnerabilities} against a server in place of OSV, and the list that it stores. */
final class VulnerabilitiesScriptTest {
    private static final String OLD = "pkg:maven/org.example/old@1.0";
    private static final String SBOM = """
            {"components": [
              {"purl" : "pkg:maven/org.example/old@1.0?type=jar"},
              {"purl" : "pkg:maven/org.example/new@2.0?type=jar"},
              {"purl" : "pkg:maven/io.quorate/quorate-common@0.1.0-SNAPSHOT?type=jar"}]}
            """;

    @TempDir
    Path folder;

    private HttpServer osv;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        osv = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        osv.createContext("/v1/querybatch", this::answer);
        osv.start();
    }

    @AfterEach
    void stop() {
        osv.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean old = new String(exchange.getRequestBody().readAllBytes(), UTF_8).contains(OLD);
        String vulnerable = "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-a\",\"modified\":\"2026-01-01T00:00:00Z\"},"
                + "{\"id\":\"CVE-b\",\"modified\":\"2026-01-01T00:00:00Z\"}]}]}";
        byte[] body = (old ? vulnerable : "{\"results\":[{}]}").getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private CommandRun ask(Path sbom, Path result) {
        String address = "http://127.0.0.1:" + osv.getAddress().getPort();
        String script = Path.of("../scripts/vulnerabilities").toAbsolutePath().toString();
        return CommandRun.of(Map.of("OSV", address), List.of(script, sbom.toString(), result.toString()));
    }

    @Test
    void theKnownVulnerabilitiesOfEachLibraryAreStoredWithTheDate() throws IOException {
        Path sbom = Files.writeString(folder.resolve("sbom.json"), SBOM);
        Path result = folder.resolve("osv.json");

        CommandRun run = ask(sbom, result);

        assertEquals(1, run.exitCode(), run::output);
        JsonNode stored = new JsonMapper().readTree(result.toFile());
        LocalDate.parse(stored.path("asked").asText());
        assertEquals(2, stored.path("libraries").asInt());
        assertEquals(
                "[{\"library\":\"" + OLD + "\",\"ids\":[\"CVE-b\",\"GHSA-a\"]}]",
                stored.path("vulnerabilities").toString());
    }

    @Test
    void aSilentServerLeavesTheStoredListAsItWas() throws IOException {
        Path sbom = Files.writeString(folder.resolve("sbom.json"), SBOM);
        Path result = Files.writeString(folder.resolve("osv.json"), "before");
        status = 503;

        CommandRun run = ask(sbom, result);

        assertEquals(2, run.exitCode(), run::output);
        assertEquals("before", Files.readString(result));
    }

    @Test
    void theStoredListSaysWhenOsvWasAsked() throws IOException {
        JsonNode stored = new JsonMapper().readTree(Path.of("security/osv.json").toFile());
        String asked = stored.path("asked").asText();
        assertTrue(asked.equals("never") || !LocalDate.parse(asked).isBefore(LocalDate.of(2026, 11, 1)), asked);
        assertTrue(stored.path("vulnerabilities").isArray());
    }
}
