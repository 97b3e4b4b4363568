package io.quorate.coordinator;

import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import java.util.function.LongSupplier;

/**
 * Where a coordinator gets time from.
 *
 * @param clock measures how long operations take
 * @param scheduler runs time-outs, on the coordinator's event loop
 * @param hybridClock stamps versions. All coordinators of a process share it.
 * @param ceilingMs the latest wall-clock time that the peers' clocks make plausible. No version is stamped later.
 */
public record TimeSources(Clock clock, Scheduler scheduler, HybridClock hybridClock, LongSupplier ceilingMs) {}
