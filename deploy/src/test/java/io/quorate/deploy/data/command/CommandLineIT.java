package io.quorate.deploy.data.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.client.FakeNode;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/quorate} as a script uses it: bytes in, bytes out, and an exit code to rely on. */
final class CommandLineIT {
    private static final int SECONDS_MAX = 60;

    /** No process listens on port 1. */
    private static final String DEAD = "127.0.0.1:1";

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @TempDir
    Path folder;

    private record Run(int code, byte[] out, String err) {
        String text() {
            return new String(out, UTF_8);
        }
    }

    @Test
    void anyBytesComeBackAsTheyWereThroughFilesAndStreams() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(7).nextBytes(bytes);
        Path file = Files.write(folder.resolve("bytes"), bytes);
        assertEquals(0, run("put", "--key64", "AP8=", "--file", file.toString()).code);
        Run read = run("get", "--key64", "AP8=");
        assertEquals(0, read.code, read.err);
        assertArrayEquals(bytes, read.out);
        assertEquals("", read.err);

        Run piped = run(file, List.of("-e", endpoints()), "put", "piped", "-");
        assertTrue(piped.text().startsWith("created  "), piped.err);
        Path copy = folder.resolve("copy");
        assertEquals(0, run("get", "piped", "--output-file", copy.toString()).code);
        assertArrayEquals(bytes, Files.readAllBytes(copy));
    }

    @Test
    void functionsChangeAValueWithoutReadingIt() {
        assertTrue(run("add", "sum", "5").text().startsWith("5  created  "));
        assertTrue(run("add", "sum", "-2", "--max", "9").text().startsWith("3  changed  "));
        assertEquals(1, run("add", "sum", "9", "--max", "9").code);
        assertTrue(run("append", "words", "one").text().startsWith("created  "));
        assertTrue(run("append", "words", " two").text().startsWith("changed  "));
        assertTrue(run("put", "words", "three", "--if-value", "one two").text().startsWith("changed  "));
        assertEquals(1, run("put", "words", "four", "--if-value", "one two").code);
        assertEquals("three", run("get", "words").text());
    }

    @Test
    void theExitCodeTellsSuccessFromRefusalFromUsageFromNobodyKnows() {
        assertEquals(1, run("get", "never/written").code);
        Run created = run("cas", "register", "absent", "1");
        assertEquals(0, created.code, created.err);
        Run again = run("cas", "register", "absent", "2");
        assertEquals(1, again.code);
        assertTrue(again.err.contains("the condition does not hold"), again.err);
        assertEquals(2, run("get", "register", "--timeout", "soon").code);
        try (FakeNode dying = FakeNode.dying()) {
            Run unknown = run(null, List.of("-e", dying.endpoint() + "," + endpoints()), "put", "register", "3");
            assertEquals(3, unknown.code, unknown.err);
        }
        Run value = run(null, List.of("-e", DEAD + "," + endpoints()), "get", "register", "-v");
        assertEquals("1", value.text(), "what nobody answered for was not sent to another node");
        assertTrue(value.err.contains("acked="), value.err);
    }

    @Test
    void aValueThatIsTooLongIsRefusedAndNotUnknown() throws IOException {
        Path file = Files.write(folder.resolve("long"), new byte[10 << 20]);
        Run tooLong = run("put", "long", "--file", file.toString());
        assertEquals(1, tooLong.code, tooLong.err);
        assertTrue(tooLong.err.contains("valueBytesMax"), tooLong.err);
    }

    @Test
    void aScanPrintsEveryKeyAndSaysSoIfItWasCut() {
        for (int i = 0; i < 5; i++) {
            CLUSTER.client().put(CLUSTER.node(1), "scan/" + i, "v\u00e4lue " + i);
        }
        Run json = run("scan", "--prefix", "scan/", "-o", "json", "--reverse", "--limit", "2");
        assertEquals(0, json.code, json.err);
        assertEquals(2, json.text().lines().count());
        assertTrue(json.text().startsWith("{\"key\":\"scan/4\","), json.text());
        assertTrue(json.text().contains("v\u00e4lue 4"), json.text());
        String cursor = json.err.strip().replaceFirst(".* ", "");
        assertEquals(
                "3\n",
                run("scan", "--prefix", "scan/", "--reverse", "--cursor", cursor, "--count")
                        .text());

        try (FakeNode dying = FakeNode.dyingAfter("{\"key\":\"scan/0\",\"version\":\"1.2.3.0\"}\n{\"key\":\"sc")) {
            Run cut = run(null, List.of("-e", dying.endpoint().toString()), "scan", "--keys-only");
            assertEquals(1, cut.code);
            assertTrue(cut.text().contains("scan/0"), cut.text());
            assertTrue(cut.err.contains("--after scan/0"), cut.err);
        }
    }

    @Test
    void theClusterIsShownAndFoundHealthy() {
        run("put", "shown", "value");
        Run replicas = run("key", "replicas", "shown");
        assertEquals(4, replicas.text().lines().count(), replicas.text());
        Run nodes = run("nodes");
        assertEquals(0, nodes.code, nodes.err);
        assertTrue(nodes.text().contains("3 of 3 up, 2 needed, can lose 1 more"), nodes.text());
        Run doctor = run("doctor", "-o", "json");
        assertTrue(doctor.text().contains("reaches 3 of 3 voting replicas"), doctor.text());
    }

    @ParameterizedTest
    @CsvSource({"--clients=2, 100", "--rate=50, 800"})
    void aBenchmarkThatIsInterruptedPrintsWhatItMeasured(String load, int keys) throws IOException {
        List<String> words = List.of(
                Distribution.launcher().toString(),
                "bench",
                "-e",
                endpoints(),
                load,
                "--mix=W",
                "--keys=" + keys,
                "--warmup-seconds=0",
                "--seconds=3600");
        int before = keyCount();
        Process bench = start(null, words);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(SECONDS_MAX)).until(() -> keyCount() > before + 10);
            new ProcessBuilder("kill", "-INT", Long.toString(bench.pid())).start();
            Run run = end(bench, words);
            assertEquals(128 + 2, run.code, run.err);
            assertTrue(run.text().lines().anyMatch(line -> line.startsWith("{") && line.contains("p99Ms")), run.text());
        } finally {
            bench.destroyForcibly();
        }
    }

    /** The machine may stop the benchmark for long, so it has time without end. */
    @Test
    void anOpenLoopSaysEachSecondWhatBecameOfItAndWhichNodesDie() throws IOException {
        LocalNode n3 = CLUSTER.node(3);
        List<String> words = openLoop("--seconds=3600");
        Process bench = start(null, words);
        try {
            awaitLine(" 1 .*");
            n3.kill();
            awaitLine(" \\d+ .*n3 is down.*");
            CLUSTER.startAndAwaitReady(n3);
            awaitLine(" \\d+ .*n3 is up.*");
            new ProcessBuilder("kill", "-INT", Long.toString(bench.pid())).start();
            assertEquals("", end(bench, words).err);
        } finally {
            bench.destroyForcibly();
            CLUSTER.startAndAwaitReady(n3);
            CLUSTER.awaitUp(CLUSTER.node(1), 3);
        }
    }

    @Test
    void anOpenLoopForProgramsPrintsOnlyJson() {
        List<String> words = openLoop("--seconds=2", "-o=json");
        Run run = end(start(null, words), words);
        assertEquals(0, run.code, run.err);
        assertEquals(1, run.text().lines().count(), run.text());
        assertTrue(run.text().startsWith("{"), run.text());
        assertEquals("", run.err);
    }

    private static List<String> openLoop(String... further) {
        List<String> words = new ArrayList<>(List.of(
                Distribution.launcher().toString(),
                "bench",
                "-e",
                endpoints(),
                "--rate=20",
                "--mix=W",
                "--keys=10",
                "--warmup-seconds=0"));
        words.addAll(List.of(further));
        return words;
    }

    private void awaitLine(String pattern) {
        Pattern line = Pattern.compile("^ *" + pattern, Pattern.MULTILINE);
        Awaitility.await().atMost(Duration.ofSeconds(SECONDS_MAX)).until(() -> line.matcher(
                        Files.readString(folder.resolve("out")))
                .find());
    }

    private static int keyCount() {
        return CLUSTER.client()
                .send(CLUSTER.client().request(HttpMethod.GET, CLUSTER.node(1), "/v1/kv?limit=1000&values=false"))
                .bodyAsJsonObject()
                .getJsonArray("items")
                .size();
    }

    private static String endpoints() {
        return CLUSTER.nodes().stream()
                .map(node -> "127.0.0.1:" + node.httpPort())
                .collect(Collectors.joining(","));
    }

    private Run run(String... arguments) {
        return run(null, List.of("-e", endpoints()), arguments);
    }

    /** @param in the source of standard input, or null for nothing */
    private Run run(Path in, List<String> further, String... arguments) {
        List<String> words = new ArrayList<>(List.of(Distribution.launcher().toString()));
        words.addAll(List.of(arguments));
        words.addAll(further);
        return end(start(in, words), words);
    }

    private Process start(Path in, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(in == null ? Path.of("/dev/null").toFile() : in.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run end(Process process, List<String> words) {
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end within " + SECONDS_MAX + " s");
            }
            return new Run(
                    process.exitValue(),
                    Files.readAllBytes(folder.resolve("out")),
                    Files.readString(folder.resolve("err")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
