package io.quorate.coordinator.round;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.RepairCounts;
import java.util.random.RandomGenerator;

/** What an operation needs of the world besides its replicas; one for each event loop. */
public record RoundContext(
        Clock clock,
        Scheduler scheduler,
        ClusterTime time,
        HedgeBudget hedges,
        RepairCounts repairs,
        RandomGenerator random) {}
