package io.quorate.deploy.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The results as a table in Markdown: medians of the rounds, and the least and the most behind them. */
final class ComparisonTable {
    /** Where a run that was cut measured nothing. */
    private static final String NOTHING = "-";

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
                .map(load -> load.equals(ComparedTurn.KILL) ? ofKill(load) : ofLoad(load))
                .forEach(lines::add);
        file.starts().stream()
                .map(ComparedStart::killed)
                .distinct()
                .map(this::ofStart)
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
            cells.add(figures(load, system));
        }
        cells.add(ratio(load));
        return line(load, cells);
    }

    private String figures(String load, String system) {
        double[] perS = runs(load, system, ComparedRun::operationsPerS);
        if (perS.length == 0) {
            return NOTHING;
        }
        double disk = median(runs(load, system, ComparedRun::diskBytesPerByte));
        return String.format(
                        Locale.ROOT,
                        "%s/s; p50 %.2f, p99 %.1f ms; CPU %.2f s",
                        spread(perS),
                        median(runs(load, system, ComparedRun::p50Ms)),
                        median(runs(load, system, ComparedRun::p99Ms)),
                        median(runs(load, system, ComparedRun::cpuSecondsPer10k)))
                + (disk == 0 ? "" : String.format(Locale.ROOT, "; disk %.1f", disk));
    }

    /** Of the first system by the second. */
    private String ratio(String load) {
        List<double[]> both = systems.stream()
                .map(system -> runs(load, system, ComparedRun::operationsPerS))
                .filter(perS -> perS.length > 0)
                .toList();
        return both.size() == 2
                ? String.format(Locale.ROOT, "%.1f", median(both.get(0)) / median(both.get(1)))
                : NOTHING;
    }

    private String ofKill(String load) {
        List<String> cells = new ArrayList<>();
        for (String system : systems) {
            cells.add(String.format(
                    Locale.ROOT,
                    "longest gap %s ms; failed through the survivors %s; largest node %s MiB",
                    spread(runs(load, system, ComparedRun::longestGapMs)),
                    spread(runs(load, system, ComparedRun::failed)),
                    spread(runs(load, system, ComparedRun::residentMib))));
        }
        cells.add("");
        return line(load, cells);
    }

    private String ofStart(String killed) {
        List<String> cells = new ArrayList<>();
        for (String system : systems) {
            cells.add(String.format(
                    Locale.ROOT,
                    "ready in %s ms; %s/s after %d s",
                    spread(starts(killed, system, ComparedStart::readyMs)),
                    spread(starts(killed, system, ComparedStart::earlyPerS)),
                    ComparisonPlan.EARLY_FROM_S));
        }
        cells.add("");
        return line("start after SIGKILL of " + killed, cells);
    }

    private static String line(String what, List<String> cells) {
        return "| " + what + " | " + String.join(" | ", cells) + " |";
    }

    private double[] runs(String load, String system, ToDoubleFunction<ComparedRun> figure) {
        return file.runs().stream()
                .filter(run -> run.load().equals(load) && run.system().equals(system))
                .mapToDouble(figure)
                .sorted()
                .toArray();
    }

    private double[] starts(String killed, String system, ToDoubleFunction<ComparedStart> figure) {
        return file.starts().stream()
                .filter(start -> start.killed().equals(killed) && start.system().equals(system))
                .mapToDouble(figure)
                .sorted()
                .toArray();
    }

    private static String spread(double[] sorted) {
        return sorted.length == 0
                ? NOTHING
                : String.format(
                        Locale.ROOT, "%,.0f (%,.0f to %,.0f)", median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
