package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.client.FakeNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import says of its lines, and when an export is whole. */
class TransferCommandTest {
    private static final String A = "{\"key\":\"a\",\"value\":\"1\"}\n";
    private static final String B = "{\"key\":\"b\",\"value\":\"2\",\"contentType\":\"text/plain\"}\n";
    private static final String OVER = "{\"key\":\"c\",\"value\":\"3\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}\n";
    private static final String END = "{\"end\":true,\"keys\":2}\n";

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int run(FakeNode node, String... arguments) {
        StringWriter standard = new StringWriter();
        StringWriter errors = new StringWriter();
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("-e", node.endpoint().toString()));
        int code = Quorate.commandLine()
                .setOut(new PrintWriter(standard, true))
                .setErr(new PrintWriter(errors, true))
                .execute(words.toArray(String[]::new));
        out = standard.toString();
        err = errors.toString();
        return code;
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("lines"), content).toString();
    }

    @Test
    void eachLineIsAPutAndAnEndedLifeIsNotSent() throws IOException {
        try (FakeNode node = FakeNode.answering("200 OK", "", "")) {
            assertEquals(0, run(node, "import", file(A + OVER + END), "--in-flight", "1"), () -> err);
            assertEquals("applied 1  kept 0  expired 1  refused 0  unknown 0\n", out);
            assertEquals(1, node.requests().size());
            String request = node.requests().get(0);
            assertTrue(request.startsWith("PUT /v1/kv/a HTTP/1.1\r\n") && request.endsWith("\r\n\r\n1"), request);
            assertEquals(0, run(node, "import", file(A + B + END), "--from-line", "2"), () -> err);
            assertTrue(node.requests().get(1).contains("Content-Type: text/plain\r\n"), node.requests()::toString);
            assertEquals(2, node.requests().size());
        }
    }

    @Test
    void anImportThatBeginsBehindTheLastLineHasNothingToDoAndFurtherBehindItIsRefused() throws IOException {
        try (FakeNode node = FakeNode.answering("200 OK", "", "")) {
            assertEquals(0, run(node, "import", file(A + B), "--no-end", "--from-line", "3"), () -> err);
            String path = file(A + B);
            assertEquals(1, run(node, "import", path, "--no-end", "--from-line", "4"), () -> err);
            assertEquals("quorate: there is no line 4: " + path + " ends with line 2. Nothing was sent\n", err);
        }
    }

    @Test
    void aSuccessThatIsNotOfANodeIsUnknown() throws IOException {
        try (FakeNode stranger = FakeNode.stranger("200 OK", "", "")) {
            assertEquals(3, run(stranger, "import", file(A + END), "--retry-for", "1ms"), () -> err);
            assertEquals("applied 0  kept 0  expired 0  refused 0  unknown 1\n", out);
            assertTrue(run(stranger, "export", folder.resolve("export").toString(), "--retry-for", "1ms") > 0);
        }
    }

    @Test
    void whatIsThereIsKeptIfTheUserWantsThat() throws IOException {
        try (FakeNode node = FakeNode.refusing("412 Precondition Failed", "none")) {
            assertEquals(0, run(node, "import", file(A + B + END), "--if-absent"), () -> err);
            assertEquals("applied 0  kept 2  expired 0  refused 0  unknown 0\n", out);
            String request = node.requests().get(0);
            assertTrue(request.contains("If-None-Match: *\r\nIdempotency-Key: import-"), request);
        }
    }

    @Test
    void aRefusedLineIsNamedAndTheNextImportBeginsThere() throws IOException {
        try (FakeNode node = FakeNode.refusing("403 Forbidden", "none")) {
            assertEquals(1, run(node, "import", file(A + B + END), "--in-flight", "1"));
            assertEquals("applied 0  kept 0  expired 0  refused 1  unknown 0\n", out);
            assertEquals(
                    "quorate: line 1 was not written (key 'a'): because (403 from " + node.endpoint()
                            + "). Go on with --from-line 1\n",
                    err);
            assertEquals(1, run(node, "import", file(A + B + END), "--keep-going"));
            assertEquals("applied 0  kept 0  expired 0  refused 2  unknown 0\n", out);
            assertTrue(err.contains("quorate: line 2 was not written"), err);
        }
    }

    @Test
    void aLineWithoutAnAnswerIsSentAgainAndIsUnknownInTheEnd() throws IOException {
        try (FakeNode node = FakeNode.dying()) {
            assertEquals(3, run(node, "import", file(A + END), "--retry-for", "2s"));
            assertEquals("applied 0  kept 0  expired 0  refused 0  unknown 1\n", out);
            assertTrue(err.startsWith("quorate: line 1 may have been written (key 'a')"), err);
            assertTrue(node.requests().size() > 1, node.requests()::toString);
        }
    }

    @Test
    void anOverloadedNodeIsAskedAgainAndRefusesInTheEnd() throws IOException {
        try (FakeNode node = FakeNode.refusing("429 Too Many Requests", "none")) {
            assertEquals(1, run(node, "import", file(A + END), "--retry-for", "2s"));
            assertTrue(node.requests().size() > 1, node.requests()::toString);
        }
    }

    @Test
    void aLineThatIsNoneIsNamedAndNothingBehindItIsLeftOutInSilence() throws IOException {
        try (FakeNode node = FakeNode.answering("200 OK", "", "")) {
            assertEquals(1, run(node, "import", file(A + "{\"key\"\n" + B + END)));
            assertEquals("applied 1  kept 0  expired 0  refused 1  unknown 0\n", out);
            assertEquals("quorate: line 2 is no JSON. Go on with --from-line 2\n", err);
        }
    }

    @Test
    void linesThatAreNoWholeExportAreAFailureUnlessTheUserSaysSo() throws IOException {
        try (FakeNode node = FakeNode.answering("200 OK", "", "")) {
            assertEquals(1, run(node, "import", file(A + B)));
            assertTrue(err.contains("the last line of an export is missing"), err);
            assertEquals(1, run(node, "import", file(A + END)));
            assertTrue(err.contains("the export had 2 keys, and these are 1"), err);
            assertEquals(0, run(node, "import", file(A + END), "--no-end"), () -> err);
        }
    }

    @Test
    void aDryRunSendsNothing() throws IOException {
        try (FakeNode node = FakeNode.answering("200 OK", "", "")) {
            assertEquals(0, run(node, "import", file(A + B + END), "--dry-run"), () -> err);
            assertEquals("2 lines are right\n", out);
            assertEquals(1, run(node, "import", file(A + "[]\n"), "--dry-run"));
            assertEquals(List.of(), node.requests());
        }
    }

    @Test
    void anExportThatIsCutSaysHowToGoOnAndHasNoEnd() throws IOException {
        Path file = folder.resolve("export");
        try (FakeNode node = FakeNode.dyingAfter(A + "{\"key\":\"b\",\"va")) {
            assertEquals(1, run(node, "export", file.toString(), "--retry-for", "1ms"));
            assertTrue(err.endsWith("The export has 1 keys. Go on with the same command and --resume\n"), err);
            assertEquals(A, Files.readString(file));
            assertEquals(2, run(node, "export", file.toString()));
            assertEquals(2, run(node, "export", file.toString(), "--resume", "--prefix", "b"));
            assertTrue(err.contains("outside of the range"), err);
        }
    }

    @Test
    void anExportGoesOnBehindTheLastKeyOfItsFile() throws IOException {
        String file = file(A + "{\"key\":\"b\",\"va");
        String rest = A + B + "{\"next\":null}\n";
        try (FakeNode node = FakeNode.answering("200 OK", "", rest)) {
            assertEquals(0, run(node, "export", file, "--resume"), () -> err);
            assertTrue(node.requests().get(0).startsWith("GET /v1/kv?start=a HTTP/1.1"), node.requests()::toString);
        }
        assertEquals(A + B + END, Files.readString(Path.of(file)), "a, which it had, is not there twice");
    }
}
