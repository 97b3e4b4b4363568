package io.quorate.deploy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page of the repository points to what there is: files, headings, and names of code. */
final class LinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Says what old things were called. */
    private static final String CHANGELOG = "CHANGELOG.md";

    /** A path from the repository's root; patterns such as {@code deploy/target/quorate-*} name no single file. */
    private static final Pattern PATH = Pattern.compile("(common|coordinator|node|deploy|scripts)/[\\w./-]*\\w");

    /** A class, or a member of one: two humps at least, since single words are often no class. */
    private static final Pattern NAME_OF_CODE = Pattern.compile("([A-Z][a-z0-9]+){2,}(\\.[a-z]\\w+)?(\\(.*\\))?");

    private static List<Path> files;
    private static List<MarkdownPage> pages;

    @BeforeAll
    static void readPages() throws IOException {
        files = SourceTree.files(ROOT);
        pages = new ArrayList<>();
        for (Path file : files) {
            if (file.toString().endsWith(".md")) {
                pages.add(MarkdownPage.read(file));
            }
        }
        assertTrue(pages.size() > 20, () -> "pages found: " + pages.size());
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (MarkdownPage page : pages) {
            for (String link : page.links()) {
                if (!link.matches("(https?|mailto):.*") && !leadsSomewhere(page, link)) {
                    broken.add(named(page) + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPathInTheRepositoryExists() {
        List<String> broken = new ArrayList<>();
        for (MarkdownPage page : pagesOfTheCodeAsItIs()) {
            page.codeSpans().stream()
                    .filter(code -> PATH.matcher(code).matches() && !code.contains("/target/"))
                    .filter(code -> !Files.exists(ROOT.resolve(code)))
                    .forEach(code -> broken.add(named(page) + ": " + code));
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyNameOfCodeIsInTheSources() throws IOException {
        Set<String> words = wordsOfSources();
        List<String> unknown = new ArrayList<>();
        for (MarkdownPage page : pagesOfTheCodeAsItIs()) {
            page.codeSpans().stream()
                    .filter(code -> NAME_OF_CODE.matcher(code).matches())
                    .filter(code -> !words.containsAll(
                            List.of(code.replaceAll("\\(.*", "").split("\\."))))
                    .forEach(code -> unknown.add(named(page) + ": " + code));
        }
        assertEquals(List.of(), unknown);
    }

    private static List<MarkdownPage> pagesOfTheCodeAsItIs() {
        return pages.stream().filter(page -> !page.file().endsWith(CHANGELOG)).toList();
    }

    private static boolean leadsSomewhere(MarkdownPage page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]);
    }

    /** Words of Java, JavaScript and build files, so that libraries' names count too. */
    private static Set<String> wordsOfSources() throws IOException {
        Set<String> words = new HashSet<>();
        for (Path file : files) {
            if (file.toString().matches(".*\\.(java|js|mjs|xml|yaml)")) {
                words.addAll(List.of(Files.readString(file).split("\\W+")));
            }
        }
        return words;
    }

    private static String named(MarkdownPage page) {
        return ROOT.relativize(page.file()).toString();
    }
}
