package io.quorate.deploy.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One page of Markdown: its links, its anchors as GitHub makes them, and the text that it sets as code. */
record MarkdownPage(Path file, List<String> links, Set<String> anchors, List<String> codeSpans) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");

    static MarkdownPage read(Path file) throws IOException {
        List<String> links = new ArrayList<>();
        List<String> codeSpans = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> sameHeadings = new HashMap<>();
        for (String line : linesOutsideFences(file)) {
            all(CODE, line).forEach(codeSpans::add);
            all(LINK, line.replaceAll("`[^`]*`", "")).forEach(links::add);
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = anchorOf(heading.group(1));
                int earlier = sameHeadings.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
            }
        }
        return new MarkdownPage(file, links, anchors, codeSpans);
    }

    private static List<String> linesOutsideFences(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean fenced = false;
        for (String line : Files.readAllLines(file)) {
            if (line.stripLeading().startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced && !line.startsWith("    ")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static Stream<String> all(Pattern pattern, String line) {
        return pattern.matcher(line).results().map(result -> result.group(1));
    }

    /**
     * GitHub's rule: lower case, only letters, digits, {@code _}, {@code -} and spaces, and a hyphen for each space.
     */
    private static String anchorOf(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
