package io.quorate.coordinator.replica.tcp;

import io.quorate.common.thread.Defects;
import io.quorate.common.thread.OwnerThread;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Timers of one event loop, as a hashed wheel (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", SOSP '87,
 * scheme 6). Every operation sets two timers and cancels both, so both must be cheap. In return, a timer may fire up to
 * {@value #TICK_MS} ms late. The wheel turns only while a timer is set. A timer that throws delays no other one.
 */
public final class TimerWheel implements Scheduler {
    private static final int TICK_MS = 4;

    /** A power of two. A timer that is due after more than one turn stays in its slot until then. */
    private static final int SLOTS = 1024;

    private final Vertx vertx;
    private final Clock clock;
    private final long startNs;

    private final OwnerThread eventLoop = new OwnerThread();
    // The event loop owns these.
    private final WheelTimer[] slots = new WheelTimer[SLOTS];
    private long tick;
    private int pending;
    private boolean turning;

    public TimerWheel(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.startNs = clock.monotonicNs();
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new WheelTimer(0, null);
        }
    }

    @Override
    public Timer after(long delayMs, Runnable action) {
        assert eventLoop.isCurrent() : eventLoop;
        if (pending == 0 && !turning) {
            tick = currentTick();
        }
        // One tick more, since a part of the current tick is over and a timer must not be early.
        long dueTick = currentTick() + delayMs / TICK_MS + 1;
        WheelTimer entry = new WheelTimer(dueTick, action);
        entry.linkBefore(slots[(int) (dueTick & (SLOTS - 1))]);
        pending++;
        turn();
        return entry;
    }

    private long currentTick() {
        return TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs() - startNs) / TICK_MS;
    }

    private void turn() {
        if (!turning && pending > 0) {
            turning = true;
            vertx.setTimer(TICK_MS, fired -> advance());
        }
    }

    private void advance() {
        turning = false;
        long now = currentTick();
        // After a pause of more than one turn, one visit to each slot is enough.
        tick = Math.max(tick, now - SLOTS);
        while (tick < now) {
            tick++;
            expire(slots[(int) (tick & (SLOTS - 1))], now);
        }
        turn();
    }

    private void expire(WheelTimer slot, long now) {
        WheelTimer entry = slot.next;
        while (entry != slot) {
            WheelTimer following = entry.next;
            if (entry.dueTick <= now && entry.isLinked()) {
                entry.unlink();
                Defects.contain(entry.action);
                // The action may have cancelled the following timers, so start again with the timers that are left.
                following = slot.next;
            }
            entry = following;
        }
    }

    /** A timer, and a link in the ring of its slot. The slot itself is an entry without an action. */
    private final class WheelTimer implements Timer {
        private final long dueTick;
        private final Runnable action;
        private WheelTimer previous = this;
        private WheelTimer next = this;

        WheelTimer(long dueTick, Runnable action) {
            this.dueTick = dueTick;
            this.action = action;
        }

        void linkBefore(WheelTimer slot) {
            next = slot;
            previous = slot.previous;
            previous.next = this;
            slot.previous = this;
        }

        boolean isLinked() {
            return next != this;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
            next = this;
            previous = this;
            pending--;
        }

        @Override
        public void cancel() {
            assert eventLoop.isCurrent() : eventLoop;
            if (isLinked()) {
                unlink();
            }
        }
    }
}
