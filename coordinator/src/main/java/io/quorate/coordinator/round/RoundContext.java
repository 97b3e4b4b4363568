package io.quorate.coordinator.round;

import io.quorate.common.loop.ValueSizes;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Frame;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.RepairCounts;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The clock, timers and limits that an operation needs besides its replicas. Each event loop has one, and each
 * operation has a copy with its own {@code onDefect}.
 *
 * @param handoff asks replicas to keep hints for others that missed a record
 * @param patienceMs how long the operation still waits, as {@link Frame#patienceMs} has it
 * @param onDefect receives the exception that a part of the operation threw. It ends the operation
 */
public record RoundContext(
        Clock clock,
        Scheduler scheduler,
        ClusterTime time,
        HedgeBudget hedges,
        ValueSizes sizes,
        RepairCounts repairs,
        RandomGenerator random,
        MemoryBudget memory,
        HintedHandoff handoff,
        LongSupplier patienceMs,
        Consumer<Throwable> onDefect) {
    /** For an event loop. A defect outside of any operation is only reported. */
    public RoundContext(
            Clock clock,
            Scheduler scheduler,
            ClusterTime time,
            HedgeBudget hedges,
            ValueSizes sizes,
            RepairCounts repairs,
            RandomGenerator random,
            MemoryBudget memory) {
        this(
                clock,
                scheduler,
                time,
                hedges,
                sizes,
                repairs,
                random,
                memory,
                new HintedHandoff(clock, scheduler),
                () -> Frame.ANY_TIME,
                Defects::report);
    }

    /** Without a bound on memory. */
    public RoundContext(
            Clock clock,
            Scheduler scheduler,
            ClusterTime time,
            HedgeBudget hedges,
            ValueSizes sizes,
            RepairCounts repairs,
            RandomGenerator random) {
        this(clock, scheduler, time, hedges, sizes, repairs, random, MemoryBudget.unlimited());
    }

    /** The same for one operation. */
    public RoundContext forOperation(LongSupplier newPatienceMs, Consumer<Throwable> newOnDefect) {
        return new RoundContext(
                clock, scheduler, time, hedges, sizes, repairs, random, memory, handoff, newPatienceMs, newOnDefect);
    }

    /** Does a part of the operation later. */
    public Timer after(long delayMs, Runnable part) {
        return scheduler.after(delayMs, () -> run(part));
    }

    /** Does a part of the operation. Each callback of timers and replicas enters the operation here. */
    public void run(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            onDefect.accept(e);
        }
    }
}
