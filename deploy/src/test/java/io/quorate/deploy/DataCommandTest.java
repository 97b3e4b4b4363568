package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.client.FakeNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The requests of commands, their output for each answer, and their errors for wrong arguments. */
class DataCommandTest {
    private static final String APPLIED = "ETag: \"1.2.3.0\"\r\nQuorate-Evidence: coordinator=n1; acked=n1,n2\r\n";

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int run(String... arguments) {
        StringWriter standard = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Quorate.commandLine()
                .setOut(new PrintWriter(standard, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        out = standard.toString();
        err = errors.toString();
        return code;
    }

    private int runAt(FakeNode node, String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        words.addAll(1, List.of("-e", node.endpoint().toString()));
        return run(words.toArray(String[]::new));
    }

    @Test
    void aPutSendsItsValueItsLifeAndItsCondition() {
        try (FakeNode node = FakeNode.answering("201 Created", APPLIED, "")) {
            assertEquals(0, runAt(node, "put", "a b", "@v", "--ttl", "30s", "--if-absent", "--timeout=2s"), () -> err);
            String request = node.requests().get(0);
            assertTrue(request.startsWith("PUT /v1/kv/a%20b?ttl=30s&timeout=2s HTTP/1.1\r\n"), request);
            assertTrue(request.contains("If-None-Match: *\r\n"), request);
            assertTrue(request.contains("Content-Type: application/octet-stream\r\n"), request);
            assertTrue(request.endsWith("\r\n\r\n@v"), request);
            assertEquals("created  1.2.3.0\n", out);
        }
    }

    @Test
    void aPutFromAFileSendsItsBytesAndAnIdempotencyKey() throws IOException {
        Path file = Files.writeString(folder.resolve("value"), "from a file\n");
        try (FakeNode node = FakeNode.answering("200 OK", APPLIED, "")) {
            assertEquals(
                    0,
                    runAt(node, "put", "k", "--file", file.toString(), "--idempotency-key", "order-7", "-o", "json"));
            String request = node.requests().get(0);
            assertTrue(request.contains("Idempotency-Key: order-7\r\n"), request);
            assertTrue(request.endsWith("\r\n\r\nfrom a file\n"), request);
            assertTrue(out.contains("\"outcome\" : \"replaced\""), out);
        }
    }

    @Test
    void compareAndSetNamesTheVersionOrItsAbsence() {
        try (FakeNode node = FakeNode.answering("200 OK", APPLIED, "")) {
            assertEquals(0, runAt(node, "cas", "k", "1.2.3.0", "v"), () -> err);
            assertEquals(0, runAt(node, "cas", "k", "absent", "v"), () -> err);
            assertEquals(0, runAt(node, "delete", "k", "--if-match", "\"1.2.3.0\""), () -> err);
            assertTrue(node.requests().get(0).contains("If-Match: \"1.2.3.0\"\r\n"));
            assertTrue(node.requests().get(1).contains("If-None-Match: *\r\n"));
            assertTrue(node.requests().get(2).startsWith("DELETE /v1/kv/k HTTP/1.1"));
        }
    }

    @Test
    void aKeyThatIsNoTextIsGivenAsBase64() {
        try (FakeNode node = FakeNode.answering("204 No Content", APPLIED, "")) {
            assertEquals(0, runAt(node, "delete", "--key64", "AP8v"), () -> err);
            assertTrue(node.requests().get(0).startsWith("DELETE /v1/kv/%00%FF/ HTTP/1.1"));
        }
    }

    @Test
    void theNodesAreShownWithTheProtocolOfEach() {
        String nodes = """
                {"cluster": "demo", "coordinator": "n1", "up": 2, "quorum": 2, "canLose": 0, "hasQuorum": true, "nodes": [
                 {"id": "n1", "state": "up", "votingStatus": "voting"},
                 {"id": "n2", "state": "up", "votingStatus": "voting", "protocol": 8},
                 {"id": "n3", "state": "down", "votingStatus": "voting", "trouble": "Connection refused"}]}
                """;
        try (FakeNode node = FakeNode.answering("200 OK", "", nodes)) {
            assertEquals(0, runAt(node, "nodes"), () -> err);
            List<String> lines = out.lines().toList();
            assertTrue(lines.get(1).matches("NODE +STATE +VOTING +PROTOCOL .*"), out);
            assertTrue(lines.get(2).matches("n1 +up +voting +- .*"), out);
            assertTrue(lines.get(3).matches("n2 +up +voting +8 .*"), out);
            assertTrue(lines.get(4).matches("n3 +down +voting +- .* Connection refused"), out);
        }
    }

    @Test
    void theNodesOfAHealthyClusterFitIntoEightyColumns() {
        String node = """
                {"id": "n1", "state": "slow", "votingStatus": "voting", "protocol": 12, "uptimeMs": 3599000, "skewMs": -120,
                 "residentBytes": 4294967296, "cpuMs": 99900, "store": {"diskSpace": "all_writes"}}""";
        String cluster = "{\"cluster\": \"demo\", \"hasQuorum\": true, \"nodes\": [" + node + "]}";
        try (FakeNode healthy = FakeNode.answering("200 OK", "", cluster)) {
            assertEquals(0, runAt(healthy, "nodes"), () -> err);
            assertTrue(out.lines().skip(1).allMatch(line -> line.length() <= 80), out);
            assertTrue(out.contains("59 min 59 s") && !out.contains("TROUBLE"), out);
        }
    }

    @Test
    void anAmbiguousEndIsToldWithWhatToDo() {
        try (FakeNode node = FakeNode.dying()) {
            assertEquals(3, runAt(node, "put", "k", "v"));
            assertTrue(err.endsWith("Read the key before you send it again: quorate get k\n"), err);
            assertEquals(3, runAt(node, "delete", "k", "--idempotency-key", "x"));
            assertTrue(err.contains("Send the same again with the same --idempotency-key"), err);
        }
    }

    @Test
    void aSuccessThatIsNotOfANodeIsNoSuccess() {
        try (FakeNode stranger = FakeNode.stranger("200 OK", "Content-Type: text/html\r\n", "<html>")) {
            assertEquals(3, runAt(stranger, "put", "k", "v"));
            assertTrue(err.startsWith("quorate: unknown outcome (200 from " + stranger.endpoint()), err);
            assertTrue(err.contains("is a node of Quorate there?"), err);
            for (String command : List.of("get", "scan", "add")) {
                assertTrue(runAt(stranger, command, "k") > 0, command);
            }
            assertEquals(1, runAt(stranger, "get", "k", "--explain"));
            assertEquals("", out);
        }
    }

    @Test
    void aConditionThatDoesNotHoldEndsWithOne() {
        try (FakeNode node = FakeNode.refusing("412 Precondition Failed", "none")) {
            assertEquals(1, runAt(node, "cas", "k", "absent", "v"));
            assertEquals("quorate: because (412 from " + node.endpoint() + ")\n", err);
        }
    }

    @Test
    void explainShowsEveryMessageInATable() {
        String body = "{\"outcome\":\"applied\",\"evidence\":{\"coordinator\":\"n1\",\"n\":3,\"quorum\":2,"
                + "\"acked\":[\"n1\",\"n3\"],\"repaired\":[\"n3\"],\"rounds\":[{\"phase\":\"store\",\"replicas\":["
                + "{\"id\":\"n3\",\"sentUs\":5,\"answer\":\"ok\",\"answeredUs\":900,\"version\":\"1.2.3.0\"},"
                + "{\"id\":\"n2\",\"sentUs\":6,\"answer\":\"no answer yet\"}]}]}}";
        try (FakeNode node = FakeNode.answering("200 OK", APPLIED + "Content-Type: application/json\r\n", body)) {
            assertEquals(0, runAt(node, "put", "k", "v", "--explain"), () -> err);
            assertEquals("""
                    replaced  1.2.3.0
                    n1 asked; 2 of 3 replicas were needed; acked: n1, n3; repaired: n3
                    ROUND    NODE  SENT us  BACK us  ANSWER         VERSION  REPAIRED
                    1 store  n3          5      900  ok             1.2.3.0  yes
                    1 store  n2          6        -  no answer yet  -
                    """, out);
        }
    }

    @Test
    void curlIsPrintedInsteadOfSending() {
        assertEquals(0, run("put", "-e", "127.0.0.1:1", "it's", "v w", "--level", "all", "--curl"), () -> err);
        assertEquals(
                "curl -sS -X PUT -H 'Content-Type: application/octet-stream' --data-raw 'v w'"
                        + " 'http://127.0.0.1:1/v1/kv/it%27s?consistency=all'\n",
                out);
        assertEquals(0, run("scan", "-e", "127.0.0.1:1", "--key64", "--prefix", "AP8=", "--after", "AP8B", "--curl"));
        assertEquals(
                "curl -sS -H 'Accept: application/x-ndjson' 'http://127.0.0.1:1/v1/kv?prefix=%00%FF&start=%00%FF%01%00'\n",
                out);
        assertEquals(0, run("scan", "-e", "127.0.0.1:1", "--end", "m", "--after", "k", "--reverse", "--curl"));
        assertTrue(out.endsWith("/v1/kv?end=k&reverse=true'\n"), out);
    }

    @Test
    void anOutputFileThatCannotBeWrittenIsToldWithoutAStackTrace() {
        try (FakeNode node = FakeNode.answering("200 OK", "", "v")) {
            assertEquals(
                    1,
                    runAt(
                            node,
                            "get",
                            "k",
                            "--output-file",
                            folder.resolve("absent/file").toString()));
            assertTrue(err.endsWith("there is no such file\n"), err);
        }
    }

    static Stream<List<String>> wrongArguments() {
        return Stream.of(
                List.of("get"),
                List.of("get", ""),
                List.of("get", "k".repeat(4097)),
                List.of("get", "k", "--key64"),
                List.of("get", "k", "--level", "most"),
                List.of("get", "k", "--timeout", "2 seconds"),
                List.of("get", "k", "-e", "localhost"),
                List.of("get", "\uFFFD"),
                List.of("put", "k", "\uFFFD"),
                List.of("put", "k", "v", "--file", "f"),
                List.of("put", "k", "--file", "/no/such/file"),
                List.of("put", "k", "--file", "/"),
                List.of("put", "k", "v", "--ttl", "0s"),
                List.of("put", "k", "v", "--if-match", "not a version"),
                List.of("put", "k", "v", "--if-match", "*", "--if-absent"),
                List.of("put", "k", "v", "--idempotency-key", "two words"),
                List.of("put", "k", "v", "--content-type", "\u00e9"),
                List.of("cas", "k", "1.2.3", "v"),
                List.of("scan", "--limit", "0"),
                List.of("scan", "--limit", "many"),
                List.of("export", "--resume"),
                List.of("import"),
                List.of("import", "/no/such/file"),
                List.of("import", "-", "--from-line", "0"),
                List.of("key"),
                List.of("key", "replica", "k"),
                List.of("doctor", "--config", "/no/such/file"),
                List.of("completion", "tcsh"),
                List.of("shell", "--fast"),
                List.of("gte", "k"));
    }

    @ParameterizedTest
    @MethodSource("wrongArguments")
    void argumentsThatAreWrongEndWithTwoAndAFewWords(List<String> arguments) {
        assertEquals(2, run(arguments.toArray(String[]::new)), () -> arguments + ": " + out + err);
        assertTrue(err.startsWith("quorate: ") || err.startsWith("Missing"), err);
        assertFalse(err.contains("\tat "), err);
        assertTrue(err.lines().count() <= 4, err);
        assertEquals("", out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "put",
                "cas",
                "delete",
                "add",
                "append",
                "scan",
                "export",
                "import",
                "key replicas",
                "nodes",
                "doctor",
                "shell",
                "completion",
                "bench",
                "node",
                "coordinator",
                "archive",
                "checkpoint make",
                "checkpoint list",
                "checkpoint delete",
                "store verify",
                "store dump",
                "store checkpoint",
                "store restore"
            })
    void theHelpOfACommandSuffices(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("--help");
        assertEquals(0, run(words.toArray(String[]::new)));
        assertTrue(out.startsWith("Usage: quorate " + command), out);
        assertTrue(out.contains("Exit codes:"), out);
        String examples = out.substring(out.indexOf("Examples:\n"));
        assertTrue(examples.contains("  quorate " + command), out);
        assertEquals(3, examples.lines().count(), out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
    }

    @Test
    void theWordHelpInFrontOfACommandShowsItsHelp() {
        assertEquals(0, run("store", "verify", "--help"));
        String expected = out;
        assertEquals(0, run("help", "store", "verify"));
        assertEquals(expected, out);
        assertEquals(2, run("help", "store", "nothing"));
        assertTrue(err.contains("there is no command 'nothing' in quorate store"), err);
    }

    @Test
    void completionKnowsEveryCommand() {
        assertEquals(0, run("completion", "bash"));
        Map<String, CommandLine> commands = Quorate.commandLine().getSubcommands();
        commands.keySet().forEach(command -> assertTrue(out.contains(command), command));
        assertTrue(out.contains("complete -F"), "no registration with the shell");
        assertEquals(0, run("completion", "fish"));
        commands.keySet().forEach(command -> assertTrue(out.contains(" -a " + command + " -d '"), command));
        assertTrue(out.contains("complete -c quorate -n '__quorate_under cluster start' -l home -rF"), out);
        assertTrue(
                out.contains("complete -c quorate -n '__quorate_in cluster; or __quorate_in help cluster' -a kill "));
        assertTrue(out.contains("complete -c quorate -n '__quorate_in \\'\\'' -s V -l version"), out);
        String level = "complete -c quorate -n '__quorate_under get' -l level -l consistency -x";
        assertTrue(out.contains(level + " -d 'linearizable (default), quorum, one or all'\n"), out);
        assertTrue(out.contains(level + " -a 'linearizable quorum one all'\n"), out);
    }

    @Test
    void aSlipOfTheFingersGetsASuggestionAndNonsenseNone() {
        assertEquals(2, run("scna"));
        assertTrue(err.contains("\nDid you mean 'quorate scan'?\n"), err);
        assertEquals(2, run("get", "k", "--tiemout=2s"));
        assertTrue(err.contains("\nDid you mean '--timeout'?\n"), err);
        for (String nonsense : List.of("frobnicate", "x", "kubectl")) {
            assertEquals(2, run(nonsense));
            assertFalse(err.contains("Did you mean"), err);
        }
    }
}
