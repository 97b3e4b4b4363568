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
        List<Integer> keys,
        List<Integer> valueBytes,
        int rounds,
        double seconds,
        double warmupSeconds,
        long seed) {
    private static final int REST_MS = 400;

    /** The last of the keys goes for all the rest. */
    List<Settings> steps(String directory) {
        List<Settings> steps = new ArrayList<>();
        for (int i = 0; i < valueBytes.size(); i++) {
            int count = keys.get(Math.min(i, keys.size() - 1));
            for (Case which : casesAndWhatTheyNeed()) {
                addRounds(steps, which, directory, count, valueBytes.get(i));
            }
        }
        return steps;
    }

    private void addRounds(List<Settings> steps, Case which, String directory, int count, int bytes) {
        for (int round = 0; round < rounds; round++) {
            for (EngineKind engine : engines) {
                String own = directory + "/" + engine.name().toLowerCase(Locale.ROOT) + "-" + bytes;
                steps.add(new Settings(engine, which, own, count, bytes, seconds, warmupSeconds, REST_MS, seed));
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
}
