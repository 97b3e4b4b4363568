package io.quorate.deploy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page of the repository points to what there is: files, headings, and names of code. */
final class LinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Says what old things were called. */
    private static final String CHANGELOG = "CHANGELOG.md";

    /** A path from the repository's root. Patterns such as {@code deploy/target/quorate-*} name no single file. */
    private static final Pattern PATH = Pattern.compile("(common|coordinator|node|deploy|scripts)/[\\w./-]*\\w");

    /** A type, or a member of one. */
    private static final Pattern NAME_OF_CODE =
            Pattern.compile("((?:[A-Z][a-z0-9]+)+)(?:\\.([a-z]\\w+))?(?:\\(.*\\))?");

    private static final Pattern TYPE = Pattern.compile(
            "\\b(?:class|interface|record|enum) ([A-Z]\\w*)|^import [\\w.]+\\.([A-Z]\\w*);", Pattern.MULTILINE);

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
        Map<String, List<String>> sources = sourcesByType();
        List<String> unknown = new ArrayList<>();
        for (MarkdownPage page : pagesOfTheCodeAsItIs()) {
            for (String code : page.codeSpans()) {
                Matcher name = NAME_OF_CODE.matcher(code);
                if (name.matches() && !isDeclared(name.group(1), name.group(2), sources)) {
                    unknown.add(named(page) + ": " + code);
                }
            }
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

    private static boolean isDeclared(String type, String member, Map<String, List<String>> sources) {
        if (!sources.containsKey(type)) {
            return isOfJavaLang(type);
        }
        Pattern word = Pattern.compile("\\b" + member + "\\b");
        return member == null
                || sources.get(type).stream()
                        .anyMatch(text -> word.matcher(text).find());
    }

    private static boolean isOfJavaLang(String type) {
        try {
            Class.forName("java.lang." + type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** For each type that sources declare or import: the texts of those files. */
    private static Map<String, List<String>> sourcesByType() throws IOException {
        Map<String, List<String>> sources = new HashMap<>();
        for (Path file : files) {
            if (file.toString().endsWith(".java")) {
                String text = Files.readString(file);
                TYPE.matcher(text)
                        .results()
                        .map(result -> result.group(1) == null ? result.group(2) : result.group(1))
                        .distinct()
                        .forEach(type -> sources.computeIfAbsent(type, unseen -> new ArrayList<>())
                                .add(text));
            }
        }
        return sources;
    }

    private static String named(MarkdownPage page) {
        return ROOT.relativize(page.file()).toString();
    }
}
