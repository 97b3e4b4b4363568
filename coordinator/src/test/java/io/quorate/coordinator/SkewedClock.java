package io.quorate.coordinator;

import io.quorate.common.time.Clock;

/** A machine's own view of the time: wrong by as much as it is told, and changeable like any wall clock. */
final class SkewedClock implements Clock {
    private final VirtualTime time;
    long aheadMs;

    SkewedClock(VirtualTime time) {
        this.time = time;
    }

    @Override
    public long wallMs() {
        return time.wallMs() + aheadMs;
    }

    @Override
    public long monotonicNs() {
        return time.monotonicNs();
    }
}
