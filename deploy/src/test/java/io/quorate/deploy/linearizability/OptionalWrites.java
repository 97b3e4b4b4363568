package io.quorate.deploy.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes that may never have happened. One is worth supposing only right before a read of its value, and of those with
 * the same value it does not matter which, so it is enough to count how many of each value were used up.
 */
final class OptionalWrites {
    private final int[] values;
    private final List<List<Long>> starts;
    private final int[] used;

    OptionalWrites(Map<Integer, List<Long>> startsByValue) {
        this.values =
                startsByValue.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.starts = Arrays.stream(values).mapToObj(startsByValue::get).toList();
        this.used = new int[values.length];
    }

    /** True if a write of {@code value} that is not used up began by {@code latestNs}. */
    boolean has(int value, long latestNs) {
        int group = groupOf(value);
        return group >= 0
                && used[group] < starts.get(group).size()
                && starts.get(group).get(used[group]) <= latestNs;
    }

    void use(int value) {
        used[groupOf(value)]++;
    }

    void giveBack(int value) {
        used[groupOf(value)]--;
    }

    int[] used() {
        return used;
    }

    private int groupOf(int value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return -1;
    }
}
