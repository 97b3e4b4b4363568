package io.quorate.deploy.files;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.Snippet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each snippet of each page has a test that runs it, or a reason why none does: {@code snippets.txt} says which. */
final class SnippetsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LIST = Path.of("src/test/resources/io/quorate/deploy/files/snippets.txt");
    private static final String SEPARATOR = " | ";
    private static final String NO_TEST = "none: ";

    private static Map<String, String> testBySnippet;
    private static List<Path> files;

    @BeforeAll
    static void readList() throws IOException {
        files = SourceTree.files(ROOT);
        testBySnippet = Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(toMap(SnippetsTest::beforeLastSeparator, SnippetsTest::afterLastSeparator));
    }

    private static String beforeLastSeparator(String line) {
        return line.substring(0, line.lastIndexOf(SEPARATOR));
    }

    private static String afterLastSeparator(String line) {
        return line.substring(line.lastIndexOf(SEPARATOR) + SEPARATOR.length());
    }

    @Test
    void theListHasEachSnippetOfEachPage() throws IOException {
        List<String> snippets = new ArrayList<>();
        for (Path page :
                files.stream().filter(file -> file.toString().endsWith(".md")).toList()) {
            for (Snippet snippet : Snippet.of(page)) {
                snippets.add(ROOT.relativize(page) + SEPARATOR + snippet.firstLine());
            }
        }
        assertEquals(new TreeSet<>(snippets).size(), snippets.size(), "two snippets of a page begin alike");
        assertEquals(
                String.join("\n", new TreeSet<>(snippets)), String.join("\n", new TreeSet<>(testBySnippet.keySet())));
    }

    /** By the name of the page, or by the line itself. */
    @Test
    void eachTestOfTheListNamesWhatItRuns() throws IOException {
        Map<String, String> sources = sourcesByTest();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> entry : testBySnippet.entrySet()) {
            String source = sources.getOrDefault(entry.getValue(), "");
            String page = entry.getKey().split(" \\| ", 2)[0];
            String line = entry.getKey().split(" \\| ", 2)[1];
            if (!entry.getValue().startsWith(NO_TEST) && !source.contains(nameOf(page)) && !source.contains(line)) {
                wrong.add(entry.toString());
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static String nameOf(String page) {
        Path path = Path.of(page);
        return path.endsWith("README.md") && path.getNameCount() > 1
                ? path.subpath(path.getNameCount() - 2, path.getNameCount()).toString()
                : path.getFileName().toString();
    }

    private static Map<String, String> sourcesByTest() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.matches(".*(Test|IT)\\.java")) {
                sources.put(name.replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
