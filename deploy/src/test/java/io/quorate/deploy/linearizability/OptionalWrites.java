package io.quorate.deploy.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes that may never have happened. The search supposes them only right before an operation that needs their
 * content: one, or two of which the first makes the key absent and the second creates it. All writes with the same
 * effect are equal for that. So it is enough to count how many of each effect were used up.
 */
final class OptionalWrites {
    private static final int NONE = -1;

    private final Effect[] effects;
    private final List<List<Long>> starts;
    private final int[] used;

    /** @param from what the register must hold, or {@link Step#ANYTHING} */
    record Effect(int from, int to) {}

    OptionalWrites(Map<Effect, List<Long>> startsByEffect) {
        this.effects = startsByEffect.keySet().toArray(Effect[]::new);
        this.starts = Arrays.stream(effects).map(startsByEffect::get).toList();
        this.used = new int[effects.length];
    }

    /**
     * The kinds of writes that lead from one content to another, in their order. Empty if none do. No other way than by
     * absence is tried: contents have few writers, and absence is what several attempts at a creation wait for.
     */
    Optional<int[]> path(int from, int to, long latestNs) {
        int direct = find(from, to, latestNs);
        if (direct != NONE) {
            return Optional.of(new int[] {direct});
        }
        int creation = find(new Effect(Contents.ABSENT, to), latestNs);
        int end = creation == NONE ? NONE : find(from, Contents.ABSENT, latestNs);
        return end == NONE ? Optional.empty() : Optional.of(new int[] {end, creation});
    }

    /**
     * The kind of write, not used up and begun by {@code latestNs}, that leads from one content to another, or
     * {@link #NONE}. A write on the condition of this very content comes first. The content does not come back, so the
     * write is of no use later.
     */
    private int find(int from, int to, long latestNs) {
        int conditional = find(new Effect(from, to), latestNs);
        return conditional == NONE ? find(new Effect(Step.ANYTHING, to), latestNs) : conditional;
    }

    private int find(Effect effect, long latestNs) {
        for (int kind = 0; kind < effects.length; kind++) {
            if (effects[kind].equals(effect)) {
                boolean isLeft =
                        used[kind] < starts.get(kind).size() && starts.get(kind).get(used[kind]) <= latestNs;
                return isLeft ? kind : NONE;
            }
        }
        return NONE;
    }

    /** Whether any of them is on the condition of this content. */
    boolean need(int content) {
        for (Effect effect : effects) {
            if (effect.from() == content) {
                return true;
            }
        }
        return false;
    }

    void use(int[] kinds) {
        for (int kind : kinds) {
            used[kind]++;
        }
    }

    void giveBack(int[] kinds) {
        for (int kind : kinds) {
            used[kind]--;
        }
    }

    int[] used() {
        return used;
    }
}
