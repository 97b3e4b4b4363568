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

    /** For standard output. */
    public List<String> lines(Terminal terminal) {
        return lines(terminal.outColumns());
    }

    /**
     * If the table is too wide, each row becomes a few lines, one for each cell that is not empty.
     *
     * @param columns the width of the terminal. Text with spaces in the last column may still go on in the next line
     */
    public List<String> lines(int columns) {
        return rows.size() > 1 && width() > columns ? blocks() : lines();
    }

    /** Of the last column, the longest word counts. */
    private int width() {
        int last = rows.get(0).size() - 1;
        int width = last * GAP.length();
        for (int column = 0; column < last; column++) {
            width += widest(column);
        }
        return width
                + rows.stream()
                        .flatMap(row -> Arrays.stream(row.get(last).split(" ")))
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
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
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = widest(i);
            numbers[i] = rows.stream().skip(1).allMatch(row -> isNumber(row.get(column)));
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
