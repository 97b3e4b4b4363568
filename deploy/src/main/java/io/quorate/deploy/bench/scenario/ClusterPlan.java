package io.quorate.deploy.bench.scenario;

import java.util.Map;

/**
 * The local cluster that a scenario needs.
 *
 * @param memoryMib the memory that each node may count on
 * @param options further options of each node's file
 */
public record ClusterPlan(int nodes, int memoryMib, Map<String, String> options) {
    public ClusterPlan {
        options = Map.copyOf(options);
    }
}
