package io.quorate.benchmark.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Outcomes of the same cases, side by side: a table for each length of values, in Markdown that a terminal shows well.
 */
final class Comparison {
    private static final List<String> HEAD = List.of(
            "RocksDB / Quorate",
            "op/s",
            "ratio",
            "p50 us",
            "p99 us",
            "p99.9 us",
            "CPU us/op",
            "written x",
            "MB on disk",
            "at rest s");
    private static final String ABSENT = "-";

    private final List<CaseOutcome> outcomes;

    Comparison(List<CaseOutcome> outcomes) {
        this.outcomes = outcomes;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        outcomes.stream().map(CaseOutcome::valueBytes).distinct().forEach(valueBytes -> {
            lines.add("");
            lines.addAll(aligned(tableOf(valueBytes)));
        });
        return lines;
    }

    private List<List<String>> tableOf(int valueBytes) {
        Map<Case, Map<EngineKind, CaseOutcome>> cases = new EnumMap<>(Case.class);
        List<List<String>> table = new ArrayList<>();
        table.add(new ArrayList<>(HEAD));
        for (CaseOutcome outcome : outcomes) {
            if (outcome.valueBytes() == valueBytes) {
                table.get(0).set(0, String.format(Locale.ROOT, "%,d x %d B", outcome.keys(), valueBytes));
                cases.computeIfAbsent(outcome.which(), which -> new EnumMap<>(EngineKind.class))
                        .put(outcome.engine(), outcome);
            }
        }
        cases.forEach((which, pair) -> table.addAll(rowsOf(which, new Pair(pair))));
        return table;
    }

    private static List<List<String>> rowsOf(Case which, Pair pair) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < pair.rows(); i++) {
            int at = i;
            String what = pair.what(at);
            boolean first = at == 0;
            rows.add(List.of(
                    which.label() + (what.isEmpty() ? "" : ": " + what),
                    pair.show("%,.0f", outcome -> outcome.rows().get(at).perSecond()),
                    pair.ratio(at),
                    pair.show("%,.1f", outcome -> outcome.rows().get(at).p50Us()),
                    pair.show("%,.1f", outcome -> outcome.rows().get(at).p99Us()),
                    pair.show("%,.0f", outcome -> outcome.rows().get(at).p999Us()),
                    first ? pair.show("%.2f", CaseOutcome::cpuUsPerOperation) : "",
                    first ? pair.show("%.2f", Comparison::amplification) : "",
                    first ? pair.show("%,.0f", outcome -> outcome.cost().diskBytes() / 1e6) : "",
                    first ? pair.show("%.1f", outcome -> outcome.cost().restSeconds()) : ""));
        }
        return rows;
    }

    /** Not a number if nothing had to be written, or if the system does not report it. */
    private static double amplification(CaseOutcome outcome) {
        boolean known = outcome.cost().userBytes() > 0 && outcome.cost().writtenBytes() >= 0;
        return known ? outcome.cost().writtenBytes() / (double) outcome.cost().userBytes() : Double.NaN;
    }

    /** The outcomes of one case, one for each engine that ran it. */
    private record Pair(Map<EngineKind, CaseOutcome> outcomes) {
        int rows() {
            return any().rows().size();
        }

        String what(int row) {
            return any().rows().get(row).what();
        }

        private CaseOutcome any() {
            return outcomes.values().iterator().next();
        }

        String show(String format, ToDoubleFunction<CaseOutcome> figure) {
            List<String> shown = outcomes.values().stream()
                    .mapToDouble(figure)
                    .mapToObj(number -> Double.isNaN(number) ? ABSENT : String.format(Locale.ROOT, format, number))
                    .toList();
            return shown.stream().allMatch(ABSENT::equals) ? "" : String.join(" / ", shown);
        }

        String ratio(int row) {
            Optional<Double> rocks = perSecond(EngineKind.ROCKSDB, row);
            Optional<Double> ours = perSecond(EngineKind.QUORATE, row);
            return rocks.isPresent() && ours.isPresent()
                    ? String.format(Locale.ROOT, "%.2f", ours.get() / rocks.get())
                    : "";
        }

        private Optional<Double> perSecond(EngineKind engine, int row) {
            return Optional.ofNullable(outcomes.get(engine))
                    .map(outcome -> outcome.rows().get(row).perSecond());
        }
    }

    private static List<String> aligned(List<List<String>> table) {
        int columns = table.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : table) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : table) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String format = i == 0 ? " %-" + widths[i] + "s |" : " %" + widths[i] + "s |";
            line.append(String.format(Locale.ROOT, format, row.get(i)));
        }
        return line.toString();
    }

    private static String rule(int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append("-".repeat(widths[i] + 1)).append(i == 0 ? "-|" : ":|");
        }
        return line.toString();
    }
}
