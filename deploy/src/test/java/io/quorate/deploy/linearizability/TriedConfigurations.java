package io.quorate.deploy.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The configurations from which the search has gone on. One that was reached with fewer optional writes used up can do
 * all that the same one with more could.
 */
final class TriedConfigurations {
    private final Map<Configuration, List<int[]>> usedByConfiguration = new HashMap<>();

    /** Adds it and returns true, unless it was tried with the same optional writes used or fewer. */
    boolean add(Configuration configuration, int[] used) {
        List<int[]> before = usedByConfiguration.get(configuration);
        if (before == null) {
            usedByConfiguration.put(configuration, List.of(used.clone()));
            return true;
        }
        if (before.stream().anyMatch(fewer -> isAtMost(fewer, used))) {
            return false;
        }
        List<int[]> extended = new ArrayList<>(before);
        extended.add(used.clone());
        usedByConfiguration.put(configuration, extended);
        return true;
    }

    int size() {
        return usedByConfiguration.size();
    }

    private static boolean isAtMost(int[] fewer, int[] used) {
        for (int i = 0; i < used.length; i++) {
            if (fewer[i] > used[i]) {
                return false;
            }
        }
        return true;
    }
}
