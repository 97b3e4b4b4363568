package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.load.RequestPlan;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario's file says.
 *
 * @param about one sentence for people
 * @param fill the keys that are written before the first phase
 */
record Scenario(
        String name,
        String about,
        ClusterPlan cluster,
        Optional<RequestPlan> fill,
        List<LoadPhase> phases,
        List<Expectation> expectations) {}
