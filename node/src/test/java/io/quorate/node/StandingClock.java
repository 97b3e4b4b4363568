package io.quorate.node;

import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until a test moves it. */
public final class StandingClock implements Clock {
    private long ms;

    public void set(long toMs) {
        ms = toMs;
    }

    public void pass(long durationMs) {
        ms += durationMs;
    }

    @Override
    public long wallMs() {
        return ms;
    }

    @Override
    public long monotonicNs() {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
