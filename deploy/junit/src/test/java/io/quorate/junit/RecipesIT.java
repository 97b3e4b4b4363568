package io.quorate.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every line of {@code recipes.md}, and compares what it prints with what the page says. */
@QuorateCluster(nodes = 3)
final class RecipesIT {
    private static final Path PAGE = Path.of("../docs/recipes.md");
    private static final Pattern PRINTED = Pattern.compile("(?m)^(?:#|//) => (.*)$");

    private final TestCluster cluster;

    @TempDir
    private Path folder;

    RecipesIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void curl() throws Exception {
        run("sh", "recipes.sh", "set -eu\n" + code("sh"), "bash");
    }

    @Test
    void java() throws Exception {
        String program = "import io.quorate.client.*;\nimport java.time.Duration;\n"
                + "class Recipes { public static void main(String[] none) {\n" + code("java") + "System.exit(0); } }\n";
        run(
                "java",
                "Recipes.java",
                program,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
    }

    @Test
    void python() throws Exception {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
        assumeTrue(isThere, "SKIPPED: there is no 'python3' on the PATH");
        run("python", "recipes.py", code("python"), "python3");
    }

    /** All blocks of a language, in the order of the page, for this cluster. */
    private String code(String language) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(PAGE));
        StringBuilder all = new StringBuilder();
        while (block.find()) {
            all.append(block.group(1)).append('\n');
        }
        return all.toString()
                .replace("localhost:7001", cluster.node(1).uri().getAuthority())
                .replace("localhost:7002", cluster.node(2).uri().getAuthority());
    }

    private void run(String language, String file, String program, String... command) throws Exception {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.add(Files.writeString(folder.resolve(file), program).toString());
        Path errors = folder.resolve("errors");
        Path output = folder.resolve("output");
        int status = new ProcessBuilder(whole)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        List<String> expected = PRINTED.matcher(code(language))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertFalse(expected.isEmpty(), language);
        assertEquals(expected, Files.readAllLines(output), () -> read(errors));
        assertEquals(0, status, () -> read(errors));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
