package io.quorate.coordinator.operation;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import java.util.random.RandomGenerator;

/** What an operation needs of the world besides its replicas; one for each event loop. */
record Surroundings(
        Clock clock,
        Scheduler scheduler,
        ClusterTime time,
        HedgeBudget hedges,
        RepairCounts repairs,
        RandomGenerator random) {}
