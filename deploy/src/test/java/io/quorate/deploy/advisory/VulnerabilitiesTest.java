package io.quorate.deploy.advisory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a server in place of OSV, and the advisories that it stores. */
final class VulnerabilitiesTest {
    private static final String BILL = """
            {"components": [
              {"purl" : "pkg:maven/org.example/old@1.0.Final?type=jar"},
              {"purl" : "pkg:maven/org.example/mended@2.0?type=jar"},
              {"purl" : "pkg:maven/io.quorate/quorate-common@0.1.0-SNAPSHOT?type=jar"}]}
            """;

    private static final String NOTHING_KNOWN = """
            {"asked":"2020-01-01","source":"nobody","libraries":[],"accepted":{"GHSA-accepted":"we do not call it"},
             "advisories":[]}
            """;

    private static final String OF_OLD = """
            {"vulns":[
              {"id":"GHSA-hits","aliases":["CVE-1"],"summary":"of this version","affected":[
                {"package":{"ecosystem":"Maven","name":"org.example:old"},
                 "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.0.1.Final"}]}],
                 "versions":["0.9","1.0.Final"]}]},
              {"id":"GHSA-gone","withdrawn":"2021-01-01T00:00:00Z","affected":[
                {"package":{"ecosystem":"Maven","name":"org.example:old"},
                 "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}],
             "next_page_token":"more"}
            """;

    private static final String MORE_OF_OLD = """
            {"vulns":[
              {"id":"GHSA-accepted","summary":"accepted","affected":[
                {"package":{"ecosystem":"Maven","name":"org.example:old"},"versions":["1.0.Final"]}]},
              {"id":"GHSA-later","summary":"of later versions","affected":[
                {"package":{"ecosystem":"Maven","name":"org.example:old"},
                 "ranges":[{"type":"ECOSYSTEM","events":[
                    {"introduced":"0"},{"fixed":"0.5"},{"introduced":"1.1"},{"last_affected":"1.2"}]}]},
                {"package":{"ecosystem":"npm","name":"org.example:old"},
                 "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}]}
            """;

    private static final String OF_MENDED = """
            {"vulns":[
              {"id":"GHSA-mended","summary":"mended in ours","affected":[
                {"package":{"ecosystem":"Maven","name":"org.example:mended"},
                 "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"2.0-rc1"},{"fixed":"2.0"}]}]}]}]}
            """;

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();
    private HttpServer osv;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        osv = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        osv.createContext("/v1/query", this::answer);
        osv.start();
        Files.writeString(bill(), BILL);
        Files.writeString(stored(), NOTHING_KNOWN);
    }

    @AfterEach
    void stop() {
        osv.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String answer = question.contains("mended") ? OF_MENDED : question.contains("more") ? MORE_OF_OLD : OF_OLD;
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Path bill() {
        return folder.resolve("bill.json");
    }

    private Path stored() {
        return folder.resolve("advisories.json");
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--bill", bill().toString(), "--stored", stored().toString()));
        arguments.addAll(Arrays.asList(more));
        PrintWriter out = new PrintWriter(said, true);
        CommandLine command = Vulnerabilities.command().setOut(out).setErr(out);
        return command.execute(arguments.toArray(String[]::new));
    }

    private int ask() {
        return run("--osv", "http://127.0.0.1:" + osv.getAddress().getPort());
    }

    @Test
    void whatConcernsAVersionThatShipsIsListedAndAllIsStored() throws IOException {
        assertEquals(1, ask(), said::toString);

        Advisories known = Advisories.of(stored());
        LocalDate.parse(known.asked());
        assertEquals(List.of("org.example:mended", "org.example:old"), known.libraries());
        assertEquals(
                List.of("GHSA-accepted", "GHSA-hits", "GHSA-later", "GHSA-mended"),
                known.advisories().stream().map(Advisory::id).toList());
        assertEquals(
                List.of("org.example:old:1.0.Final: GHSA-hits (of this version)"),
                known.concerning(Library.of(bill())),
                "neither those accepted, withdrawn, of later versions, of another ecosystem, nor those mended");
        assertEquals("we do not call it", known.accepted().get("GHSA-accepted"));
    }

    @Test
    void withoutANetworkTheStoredOnesCount() {
        ask();
        osv.stop(0);

        assertEquals(1, run("--offline"), said::toString);
    }

    @Test
    void aLibraryThatNobodyAskedAboutIsNamed() {
        assertEquals(0, run("--offline"));
        assertTrue(said.toString().contains("org.example:old: nobody has asked about it"), said::toString);
    }

    @Test
    void aServerWithoutAnAnswerLeavesTheStoredOnesAsTheyWere() throws IOException {
        status = 503;

        assertEquals(2, ask(), said::toString);

        assertEquals(NOTHING_KNOWN, Files.readString(stored()));
    }
}
