package io.quorate.deploy.simulation.world;

import io.quorate.coordinator.AdmissionLimits;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.replica.state.KeyQueues;
import java.util.Random;

/**
 * How much the parts of a cluster take before they refuse.
 *
 * @param admission what a coordinator has in flight
 * @param waitingForKeyMax how many conditional writes may wait for one key at a replica
 * @param queuedBytesMax how many bytes of writes may wait for the log of a replica
 * @param readsMax how many reads may wait for the disk of a replica
 */
public record OverloadLimits(AdmissionLimits admission, int waitingForKeyMax, long queuedBytesMax, int readsMax) {
    /** So much that a run does not reach it. */
    public static final OverloadLimits GENEROUS =
            new OverloadLimits(AdmissionLimits.DEFAULTS, KeyQueues.WAITING_MAX, 1 << 20, 1 << 10);

    /** A replica keeps a few hints for each other one, or more than a run needs. */
    HintOptions hints() {
        return new HintOptions(areTight() ? 2 : 1_000, 1 << 20);
    }

    /** Whether a few clients, or the rounds of a single read, make a replica refuse something. */
    public boolean areTight() {
        return queuedBytesMax < GENEROUS.queuedBytesMax;
    }

    /** So little that a few clients reach it. A single write always passes. */
    public static OverloadLimits tight(Random random) {
        return new OverloadLimits(
                new AdmissionLimits(1 + random.nextInt(3), 1),
                random.nextInt(2),
                800 + random.nextInt(800),
                1 + random.nextInt(3));
    }
}
