package io.quorate.deploy.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a heading. Each column is as wide as its widest cell, and numbers are aligned to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heading) {
        rows.add(List.of(heading));
    }

    /** @param cells one for each column. Control characters are printed as escapes */
    public TextTable row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of "
                    + rows.get(0).size() + " columns: " + Arrays.toString(cells));
        }
        rows.add(Arrays.stream(cells)
                .map(String::valueOf)
                .map(PrintableText::text)
                .toList());
        return this;
    }

    /**
     * For standard output. On a terminal that is too narrow for the heading, each row becomes a few lines, one for each
     * cell that is not empty.
     */
    public List<String> lines(Terminal terminal) {
        List<String> lines = lines();
        boolean isTooWide = rows.size() > 1 && lines.get(0).length() > terminal.columns();
        return terminal.out() && isTooWide ? blocks() : lines;
    }

    private List<String> blocks() {
        List<String> heading = rows.get(0);
        int width = heading.stream().skip(1).mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            lines.add(row.get(0));
            for (int i = 1; i < row.size(); i++) {
                if (!row.get(i).isEmpty()) {
                    lines.add(GAP
                            + heading.get(i)
                            + " ".repeat(width - heading.get(i).length())
                            + GAP
                            + row.get(i));
                }
            }
        }
        return lines;
    }

    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        boolean[] numbers = new boolean[widths.length];
        Arrays.fill(numbers, true);
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
                numbers[i] &= row == rows.get(0) || isNumber(row.get(i));
            }
        }
        return rows.stream().map(row -> line(row, widths, numbers)).toList();
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty() || cell.equals("-") || cell.matches("-?[\\d,]+(\\.\\d+)?");
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : GAP)
                    .append(numbers[i] ? padding : "")
                    .append(row.get(i))
                    .append(numbers[i] ? "" : padding);
        }
        return line.toString().stripTrailing();
    }
}
