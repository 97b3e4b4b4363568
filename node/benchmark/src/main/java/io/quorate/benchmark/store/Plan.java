package io.quorate.benchmark.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The order of the runs. For each length of values and for each case, both engines run one after the other. So other
 * work of the machine affects both.
 */
record Plan(
        List<EngineKind> engines,
        List<Case> cases,
        List<Dataset> datasets,
        int rounds,
        Timing timing,
        MemoryBudget memory) {
    List<Settings> steps(String directory) {
        List<Settings> steps = new ArrayList<>();
        for (Dataset dataset : datasets) {
            for (Case which : casesAndWhatTheyNeed()) {
                addRounds(steps, which, directory, dataset);
            }
        }
        return steps;
    }

    private void addRounds(List<Settings> steps, Case which, String directory, Dataset dataset) {
        for (int round = 0; round < rounds; round++) {
            for (EngineKind engine : engines) {
                String own = directory + "/" + engine.name().toLowerCase(Locale.ROOT) + "-" + dataset.valueBytes();
                MemorySizes sizes = memory.sizes(engine, which, dataset);
                steps.add(new Settings(engine, which, own, dataset, timing, sizes));
            }
        }
    }

    private List<Case> casesAndWhatTheyNeed() {
        boolean needsData = cases.stream().anyMatch(Case::needsData);
        List<Case> all = new ArrayList<>();
        for (Case which : Case.values()) {
            if (cases.contains(which) || which == Case.FILL_RANDOM && needsData) {
                all.add(which);
            }
        }
        return all;
    }

    /**
     * About what the run takes on disk at most. The values compress to a half. The engine that is being filled may have
     * three times as much more: it may owe merges of the whole store, a merge deletes its inputs at its end, and there
     * is its log.
     */
    long diskBytes() {
        long all = datasets.stream().mapToLong(Dataset::bytes).sum();
        long largest = datasets.stream().mapToLong(Dataset::bytes).max().orElse(0);
        return all / 2 * engines.size() + largest / 2 * 3;
    }
}
