package io.quorate.deploy.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes that may never have happened. The search supposes one only right before an operation that needs its content.
 * All writes with the same effect are equal for that. So it is enough to count how many of each effect were used up.
 */
final class OptionalWrites {
    static final int NONE = -1;

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
     * The kind of write, not used up and begun by {@code latestNs}, that leads from one content to another, or
     * {@link #NONE}. A write on the condition of this very content comes first. The content does not come back, so the
     * write is of no use later.
     */
    int find(int from, int to, long latestNs) {
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

    void use(int kind) {
        used[kind]++;
    }

    void giveBack(int kind) {
        used[kind]--;
    }

    int[] used() {
        return used;
    }
}
