package io.quorate.junit;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the code that the pages for users and the Javadoc show, and compares what it prints with what they say. All
 * other code of pages is in the list of {@code SnippetsTest} of deploy.
 */
@QuorateCluster(nodes = 3)
final class PagesIT {
    private static final long SECONDS_MAX = 120;
    private static List<Page> pages;

    private final TestCluster cluster;

    @TempDir
    private Path folder;

    PagesIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void readPages() throws IOException {
        pages = new ArrayList<>();
        for (String file : List.of(
                "docs/recipes.md", "docs/http-api.md", "docs/access.md", "client/README.md", "junit/README.md")) {
            pages.add(Page.read(file));
        }
    }

    @Test
    void theDependencyIsThatOfThisBuild() throws IOException {
        for (String module : List.of("client", "junit")) {
            String pom = Files.readString(Path.of("..", module, "pom.xml"));
            String dependency = Page.read(module + "/README.md").code("xml");
            for (String line :
                    dependency.lines().filter(line -> !line.contains("<scope>")).toList()) {
                assertTrue(line.contains("dependency>") || pom.contains(line.strip()), module + ": " + line);
            }
        }
    }

    @Test
    void curl() throws Exception {
        for (Page page : pages) {
            if (!page.code("sh").isEmpty()) {
                run("page.sh", "set -eu\n" + page.code("sh"), "bash");
            }
        }
    }

    @Test
    void java() throws Exception {
        run(
                "Pages.java",
                JavaProgram.of(pages),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
    }

    @Test
    void python() throws Exception {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
        assumeTrue(isThere, "SKIPPED: there is no 'python3' on the PATH");
        run("pages.py", pages.stream().map(page -> page.code("python")).collect(joining("\n")), "python3");
    }

    private void run(String file, String code, String... command) throws Exception {
        String here = code.replace("localhost:7001", cluster.node(1).uri().getAuthority())
                .replace("localhost:7002", cluster.node(2).uri().getAuthority());
        List<String> whole = new ArrayList<>(List.of(command));
        whole.add(Files.writeString(folder.resolve(file), here).toString());
        Path errors = folder.resolve("errors");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(whole)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> file + " goes on: " + read(output) + read(errors));
        assertEquals(0, process.exitValue(), () -> file + ": " + read(errors));
        Printed.assertSaidBy(code, read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
