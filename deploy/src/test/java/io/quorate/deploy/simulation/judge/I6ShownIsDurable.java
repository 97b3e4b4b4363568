package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
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

    private final ForgottenKeys forgotten;

    I6ShownIsDurable(Violations violations, KnownStates known, ForgottenKeys forgotten) {
        super(6, violations);
        this.forgotten = forgotten;
        this.known = known;
    }

    /** @param afterPowerLoss opens a store on what is durable of a node's disk and reads these keys in it */
    void answered(int node, Function<Set<Key>, DurableState> afterPowerLoss) {
        replies++;
        if (replies % REPLIES_PER_LOOK == 0) {
            DurableState left = afterPowerLoss.apply(known.keys());
            if (!left.ages().isAtLeast(forgotten.of(node))) {
                violated("node " + node + " has shown " + forgotten.of(node) + " and durable is " + left.ages());
            }
            left.keys().forEach((key, durable) -> {
                Copy copy = new Copy(node, key);
                if (!durable.isAtLeast(known.of(copy)) && !forgotten.explains(copy, durable, known.of(copy))) {
                    violated(copy + " has shown " + known.of(copy) + " and durable is " + durable);
                }
            });
        }
    }
}
