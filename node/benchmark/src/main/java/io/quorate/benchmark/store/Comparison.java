package io.quorate.benchmark.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Outcomes of the same cases, side by side. For each length of values there is a table of speed and cost, and one of
 * memory and levels, in Markdown that a terminal shows well. A column without any figure is left out.
 */
final class Comparison {
    private static final String ABSENT = "-";
    private static final double MB = 1e6;

    private final List<CaseOutcome> outcomes;

    Comparison(List<CaseOutcome> outcomes) {
        this.outcomes = outcomes;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        outcomes.stream().map(CaseOutcome::valueBytes).distinct().forEach(valueBytes -> {
            List<CaseOutcome> same = outcomes.stream()
                    .filter(each -> each.valueBytes() == valueBytes)
                    .toList();
            lines.add("");
            lines.addAll(speedOf(same).lines());
            List<String> space = spaceOf(same).lines();
            if (!space.isEmpty()) {
                lines.add("");
                lines.addAll(space);
            }
        });
        return lines;
    }

    private static TextTable speedOf(List<CaseOutcome> outcomes) {
        TextTable table = new TextTable(List.of(
                keysAndValues(outcomes),
                "op/s",
                "ratio",
                "p50 us",
                "p99 us",
                "p99.9 us",
                "longest ms",
                "CPU us/op",
                "written x",
                "tables x",
                "MB on disk",
                "at rest s"));
        pairs(outcomes).forEach((which, pair) -> addSpeed(table, which, pair));
        return table;
    }

    private static void addSpeed(TextTable table, Case which, Pair pair) {
        for (int i = 0; i < pair.rows(); i++) {
            int at = i;
            String what = pair.what(at);
            boolean first = at == 0;
            table.add(List.of(
                    which.label() + (what.isEmpty() ? "" : ": " + what),
                    pair.show("%,.0f", outcome -> outcome.rows().get(at).perSecond()),
                    pair.ratio(at),
                    pair.show("%,.1f", outcome -> outcome.rows().get(at).p50Us()),
                    pair.show("%,.1f", outcome -> outcome.rows().get(at).p99Us()),
                    pair.show("%,.0f", outcome -> outcome.rows().get(at).p999Us()),
                    pair.show("%,.1f", outcome -> outcome.rows().get(at).maxUs() / 1e3),
                    first ? pair.show("%.2f", CaseOutcome::cpuUsPerOperation) : "",
                    first ? pair.show("%.2f", CaseOutcome::writtenRatio) : "",
                    first ? pair.show("%.2f", CaseOutcome::tablesRatio) : "",
                    first ? pair.show("%,.0f", outcome -> outcome.cost().diskBytes() / MB) : "",
                    first ? pair.show("%.1f", outcome -> outcome.cost().restSeconds()) : ""));
        }
    }

    private static TextTable spaceOf(List<CaseOutcome> outcomes) {
        int levels = outcomes.stream()
                .mapToInt(each -> each.tables().levels().size())
                .max()
                .orElse(0);
        List<String> head = new ArrayList<>(List.of(keysAndValues(outcomes), "heap MiB", "cache MB", "resident MB"));
        IntStream.range(0, levels).forEach(level -> head.add("L" + level + " MB"));
        TextTable table = new TextTable(head);
        pairs(outcomes).forEach((which, pair) -> {
            List<String> row = new ArrayList<>(List.of(
                    which.label(),
                    pair.show("%,.0f", each -> known(each.memory().sizes().heapMb())),
                    pair.show("%,.0f", each -> known(each.memory().sizes().cacheBytes()) / MB),
                    pair.show("%,.0f", each -> known(each.memory().residentBytes()) / MB)));
            IntStream.range(0, levels).forEach(level -> row.add(pair.show("%,.0f", each -> levelMb(each, level))));
            table.add(row);
        });
        return table;
    }

    private static double known(long figure) {
        return figure < 0 ? Double.NaN : figure;
    }

    private static double levelMb(CaseOutcome outcome, int level) {
        List<Long> levels = outcome.tables().levels();
        return level >= levels.size() || levels.get(level) == 0 ? Double.NaN : levels.get(level) / MB;
    }

    private static String keysAndValues(List<CaseOutcome> outcomes) {
        CaseOutcome any = outcomes.get(0);
        return String.format(Locale.ROOT, "%,d x %d B", any.keys(), any.valueBytes());
    }

    private static Map<Case, Pair> pairs(List<CaseOutcome> outcomes) {
        Map<Case, Pair> pairs = new EnumMap<>(Case.class);
        for (CaseOutcome outcome : outcomes) {
            pairs.computeIfAbsent(outcome.which(), which -> new Pair(new EnumMap<>(EngineKind.class)))
                    .outcomes()
                    .put(outcome.engine(), outcome);
        }
        return pairs;
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
}
