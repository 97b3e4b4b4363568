package io.quorate.deploy.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The results as a table in Markdown: medians of the rounds, and the least and the most behind them. */
final class ComparisonTable {
    private final ComparisonFile file;
    private final List<String> systems;

    ComparisonTable(ComparisonFile file) {
        this.file = file;
        this.systems = file.runs().stream().map(ComparedRun::system).distinct().toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| load | " + String.join(" | ", columns()) + " |");
        lines.add("|---|" + "---|".repeat(columns().size()));
        file.runs().stream()
                .map(ComparedRun::load)
                .distinct()
                .map(load -> load.equals(ComparisonRounds.KILL) ? ofKill(load) : ofLoad(load))
                .forEach(lines::add);
        return lines;
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(systems);
        columns.add("ratio");
        return columns;
    }

    private String ofLoad(String load) {
        List<String> cells = new ArrayList<>();
        for (String system : systems) {
            cells.add(String.format(
                    Locale.ROOT,
                    "%s/s; p50 %.2f, p99 %.1f ms; CPU %.2f s",
                    spread(load, system, ComparedRun::operationsPerS),
                    median(load, system, ComparedRun::p50Ms),
                    median(load, system, ComparedRun::p99Ms),
                    median(load, system, ComparedRun::cpuSecondsPer10k)));
        }
        double ratio = median(load, systems.get(0), ComparedRun::operationsPerS)
                / median(load, systems.get(systems.size() - 1), ComparedRun::operationsPerS);
        cells.add(String.format(Locale.ROOT, "%.1f", ratio));
        return "| " + load + " | " + String.join(" | ", cells) + " |";
    }

    private String ofKill(String load) {
        List<String> cells = new ArrayList<>();
        for (String system : systems) {
            cells.add(String.format(
                    Locale.ROOT,
                    "longest gap %s ms; failed through the survivors %s",
                    spread(load, system, ComparedRun::longestGapMs),
                    spread(load, system, ComparedRun::failed)));
        }
        cells.add("");
        return "| " + load + " | " + String.join(" | ", cells) + " |";
    }

    private String spread(String load, String system, ToDoubleFunction<ComparedRun> figure) {
        double[] sorted = sorted(load, system, figure);
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f)",
                median(load, system, figure),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private double median(String load, String system, ToDoubleFunction<ComparedRun> figure) {
        double[] sorted = sorted(load, system, figure);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private double[] sorted(String load, String system, ToDoubleFunction<ComparedRun> figure) {
        return file.runs().stream()
                .filter(run -> run.load().equals(load) && run.system().equals(system))
                .mapToDouble(figure)
                .sorted()
                .toArray();
    }
}
