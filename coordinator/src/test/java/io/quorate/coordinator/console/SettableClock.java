package io.quorate.coordinator.console;

import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until a test moves it. */
public final class SettableClock implements Clock {
    private long nowMs = 1_000;

    public void pass(long ms) {
        nowMs += ms;
    }

    @Override
    public long monotonicNs() {
        return TimeUnit.MILLISECONDS.toNanos(nowMs);
    }

    @Override
    public long wallMs() {
        return nowMs;
    }
}
