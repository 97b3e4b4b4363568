package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * I6: all state that a reply shows was durable when the reply was sent. To check it, the judge copies the disk as a
 * loss of power at this moment would leave it. Then it opens a store on the copy. That costs too much for every reply,
 * so one in many is judged.
 */
final class I6ShownIsDurable extends Invariant {
    private static final int REPLIES_PER_LOOK = 300;

    private final KnownStates known;
    private int replies;

    I6ShownIsDurable(Violations violations, KnownStates known) {
        super(6, violations);
        this.known = known;
    }

    /** @param afterPowerLoss opens a store on what is durable of a node's disk and reads these keys in it */
    void answered(int node, Function<Set<Key>, Map<Key, ReplicaState>> afterPowerLoss) {
        replies++;
        if (replies % REPLIES_PER_LOOK == 0) {
            afterPowerLoss.apply(known.keys()).forEach((key, durable) -> {
                Copy copy = new Copy(node, key);
                if (!durable.isAtLeast(known.of(copy))) {
                    violated(copy + " has shown " + known.of(copy) + " and durable is " + durable);
                }
            });
        }
    }
}
