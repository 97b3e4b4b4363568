package io.quorate.coordinator.round;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.RepairCounts;
import java.util.random.RandomGenerator;

/** The clock, timers and limits that an operation needs besides its replicas. Each event loop has one. */
public record RoundContext(
        Clock clock,
        Scheduler scheduler,
        ClusterTime time,
        HedgeBudget hedges,
        RepairCounts repairs,
        RandomGenerator random) {}
