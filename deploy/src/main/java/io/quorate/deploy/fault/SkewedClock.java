package io.quorate.deploy.fault;

import io.quorate.common.time.Clock;
import java.util.function.Supplier;

/** A machine's clocks with a wrong wall clock. Durations stay right. */
record SkewedClock(Clock machine, Supplier<Faults> faults) implements Clock {
    @Override
    public long wallMs() {
        return machine.wallMs() + faults.get().skewMs();
    }

    @Override
    public long monotonicNs() {
        return machine.monotonicNs();
    }
}
