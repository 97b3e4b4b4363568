package io.quorate.deploy.bench.scenario;

import java.util.List;

/**
 * A span of time with the same groups of clients.
 *
 * @param before what happens to the cluster before the load begins
 * @param meanwhile what happens in turn while the load goes on, once each {@code everyMs}
 */
record LoadPhase(
        String name,
        int seconds,
        List<ClusterAction> before,
        List<ClusterAction> meanwhile,
        long everyMs,
        List<GroupPlan> groups) {
    /** Whether the load of the phase before must have ended first. */
    boolean needsTheEndOfTheLast() {
        return !before.isEmpty();
    }
}
