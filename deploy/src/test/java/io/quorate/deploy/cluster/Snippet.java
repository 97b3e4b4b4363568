package io.quorate.deploy.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Code that a page of Markdown shows, in a fence or indented behind an empty line.
 *
 * @param lines without fence and margin
 */
public record Snippet(List<String> lines) {
    private static final String MARGIN = "    ";

    /** All of a page, in their order. */
    public static List<Snippet> of(Path page) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int at = 0; at < lines.size(); ) {
            boolean isFenced = lines.get(at).strip().startsWith("```");
            boolean isIndented = lines.get(at).startsWith(MARGIN)
                    && (at == 0 || lines.get(at - 1).isBlank());
            int end = isFenced ? endOfFence(lines, at) : isIndented ? endOfMargin(lines, at) : at + 1;
            if (isFenced) {
                snippets.add(new Snippet(List.copyOf(lines.subList(at + 1, end - 1))));
            } else if (isIndented) {
                snippets.add(new Snippet(lines.subList(at, end).stream()
                        .map(line -> line.substring(MARGIN.length()))
                        .toList()));
            }
            at = end;
        }
        return snippets;
    }

    private static int endOfFence(List<String> lines, int begin) {
        int end = begin + 1;
        while (!lines.get(end).strip().equals("```")) {
            end++;
        }
        return end + 1;
    }

    private static int endOfMargin(List<String> lines, int begin) {
        int end = begin;
        while (end < lines.size() && lines.get(end).startsWith(MARGIN)) {
            end++;
        }
        return end;
    }

    /** What names it among those of its page. */
    public String firstLine() {
        return lines.get(0).strip();
    }
}
