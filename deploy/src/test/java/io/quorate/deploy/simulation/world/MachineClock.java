package io.quorate.deploy.simulation.world;

import io.quorate.common.time.Clock;

/** The clock of one machine: off by some time, too fast or too slow, and set now and then. */
public final class MachineClock implements Clock {
    private static final long START_MS = 1_700_000_000_000L;

    private final SimulatedTime time;
    private double rate = 1;
    private double offsetMs;

    MachineClock(SimulatedTime time) {
        this.time = time;
    }

    /** Sets the clock. */
    public void jump(long ms) {
        offsetMs += ms;
    }

    /** Sets the clock to so much ahead of time. */
    void set(long aheadMs) {
        offsetMs = aheadMs;
    }

    /** From now on it runs so many times as fast as time. */
    void drift(double newRate) {
        offsetMs += (rate - newRate) * time.nowNs() / 1e6;
        rate = newRate;
    }

    @Override
    public long wallMs() {
        return START_MS + (long) (time.nowNs() / 1e6 * rate + offsetMs);
    }

    @Override
    public long monotonicNs() {
        return time.nowNs();
    }
}
