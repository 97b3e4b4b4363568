package io.quorate.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.junit.QuorateCluster;
import io.quorate.junit.TestCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The TypeScript client that openapi-generator makes of the document, as it comes, against a real cluster. The requests
 * and what must come of them are in {@code src/test/typescript/requests.ts}.
 */
@QuorateCluster(nodes = 3)
final class GeneratedTypeScriptClientIT {
    private static final Path FOLDER = Path.of(System.getProperty("typescript.folder", "target/typescript"));
    private static final List<String> SOURCES = List.of("requests.ts", "tsconfig.json");

    @Test
    void theGeneratedClientCompilesStrictlyAndDoesWhatItSays(TestCluster cluster, @TempDir Path out) throws Exception {
        assumeTrue(isOnPath("node"), "SKIPPED: there is no 'node' on the PATH. Install Node.js 18 or newer");
        for (String source : SOURCES) {
            Files.copy(Path.of("src/test/typescript", source), out.resolve(source));
        }
        Files.createSymbolicLink(out.resolve("client"), FOLDER.resolve("client").toAbsolutePath());
        run("node", System.getProperty("typescript.compiler"), "--project", out.toString());
        run(
                "node",
                out.resolve("js/requests.js").toString(),
                cluster.node(1).uri().toString());
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("typescript", ".txt");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String text = Files.readString(output);
        Files.delete(output);
        assertEquals(0, status, () -> List.of(command) + "\n" + text);
    }
}
