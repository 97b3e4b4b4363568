package io.quorate.common.loop;

import io.quorate.common.time.Clock;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late the event loops of one kind are: the longest delay of a timer in the last {@value #WINDOW_S} to twice as
 * many seconds. A loop that is behind runs its timers late, and so everything else. For any thread.
 */
public final class LoopLag {
    private static final long EVERY_MS = 100;
    private static final long WINDOW_S = 10;
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(WINDOW_S);

    private final Clock clock;
    private final AtomicLong currentNs = new AtomicLong();
    private final AtomicLong previousNs = new AtomicLong();
    private final AtomicLong windowBeganNs;

    public LoopLag(Clock clock) {
        this.clock = clock;
        this.windowBeganNs = new AtomicLong(clock.monotonicNs());
    }

    /** Measures one more event loop, until its Vert.x closes. On that loop. */
    public void measure(Vertx vertx) {
        long dueNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(EVERY_MS);
        vertx.setTimer(EVERY_MS, fired -> {
            add(clock.monotonicNs() - dueNs);
            measure(vertx);
        });
    }

    void add(long lagNs) {
        turnWindow();
        currentNs.accumulateAndGet(lagNs, Math::max);
    }

    private void turnWindow() {
        long beganNs = windowBeganNs.get();
        long nowNs = clock.monotonicNs();
        if (nowNs - beganNs >= WINDOW_NS && windowBeganNs.compareAndSet(beganNs, nowNs)) {
            previousNs.set(currentNs.getAndSet(0));
        }
    }

    /** Above 0 also without load: the timers of Vert.x count in whole milliseconds. */
    public double seconds() {
        return Math.max(currentNs.get(), previousNs.get()) / 1e9;
    }
}
