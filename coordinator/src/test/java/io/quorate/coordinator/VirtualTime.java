package io.quorate.coordinator;

import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Time that advances only to the next action that is due. All later actions wait in one queue. */
final class VirtualTime implements Clock, Scheduler {
    static final long START_MS = 1_700_000_000_000L;

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::sequence));
    private long nowNs;
    private long sequence;

    private record Due(long atNs, long sequence, Runnable action, boolean[] cancelled) {}

    /** This time as all the time of a coordinator. The peers' clocks set no ceiling. */
    TimeSources sources() {
        return new TimeSources(this, this, new HybridClock(this, 500), () -> Long.MAX_VALUE);
    }

    @Override
    public long wallMs() {
        return START_MS + TimeUnit.NANOSECONDS.toMillis(nowNs);
    }

    @Override
    public long monotonicNs() {
        return nowNs;
    }

    @Override
    public Timer after(long delayMs, Runnable action) {
        return afterNs(TimeUnit.MILLISECONDS.toNanos(delayMs), action);
    }

    Timer afterNs(long delayNs, Runnable action) {
        boolean[] cancelled = {false};
        queue.add(new Due(nowNs + delayNs, sequence++, action, cancelled));
        return () -> cancelled[0] = true;
    }

    /** Runs everything that is due within {@code ms} from now. Throws the first exception that a callback threw. */
    void pass(long ms) {
        List<Throwable> defects = defectsWhile(() -> runUntil(ms));
        if (!defects.isEmpty() && defects.get(0) instanceof Error e) {
            throw e;
        } else if (!defects.isEmpty()) {
            throw (RuntimeException) defects.get(0);
        }
    }

    /** The exceptions that ended callbacks. They were contained, so everything else has happened. */
    List<Throwable> defectsWithin(long ms) {
        return defectsWhile(() -> runUntil(ms));
    }

    static List<Throwable> defectsWhile(Runnable action) {
        List<Throwable> defects = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((any, defect) -> defects.add(defect));
        try {
            action.run();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        return defects;
    }

    private void runUntil(long ms) {
        long untilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(ms);
        while (!queue.isEmpty() && queue.peek().atNs() <= untilNs) {
            Due due = queue.poll();
            nowNs = due.atNs();
            if (!due.cancelled()[0]) {
                due.action().run();
            }
        }
        nowNs = untilNs;
    }
}
