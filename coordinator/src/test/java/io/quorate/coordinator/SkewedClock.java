package io.quorate.coordinator;

import io.quorate.common.time.Clock;

/** A machine's wall clock, which is wrong by a skew that tests set and change. */
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
