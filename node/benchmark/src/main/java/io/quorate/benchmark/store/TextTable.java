package io.quorate.benchmark.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A table in Markdown with aligned columns, the first one to the left. Columns with nothing below their head are left
 * out.
 */
final class TextTable {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> head) {
        this.head = List.copyOf(head);
    }

    void add(List<String> row) {
        if (row.size() != head.size()) {
            throw new IllegalArgumentException("a row of " + row.size() + " cells in a table of " + head.size());
        }
        rows.add(List.copyOf(row));
    }

    /** Nothing if only the first column has anything. */
    List<String> lines() {
        int[] columns = IntStream.range(0, head.size())
                .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
                .toArray();
        List<String> lines = new ArrayList<>();
        if (columns.length > 1) {
            lines.add(line(head, columns));
            lines.add(rule(columns));
            rows.forEach(row -> lines.add(line(row, columns)));
        }
        return lines;
    }

    private int width(int column) {
        int longest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(head.get(column).length(), longest);
    }

    private String line(List<String> row, int[] columns) {
        StringBuilder line = new StringBuilder("|");
        for (int column : columns) {
            String format = column == 0 ? " %-" + width(column) + "s |" : " %" + width(column) + "s |";
            line.append(String.format(Locale.ROOT, format, row.get(column)));
        }
        return line.toString();
    }

    private String rule(int[] columns) {
        StringBuilder line = new StringBuilder("|");
        for (int column : columns) {
            line.append("-".repeat(width(column) + 1)).append(column == 0 ? "-|" : ":|");
        }
        return line.toString();
    }
}
