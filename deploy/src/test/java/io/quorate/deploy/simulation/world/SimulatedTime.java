package io.quorate.deploy.simulation.world;

import io.quorate.common.time.Scheduler.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** The one queue of everything that is going to happen, by virtual time and then in the order it was put there. */
public final class SimulatedTime {
    private long numbers;
    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::sequence));
    private long nowNs;
    private long sequence;
    private long trace;
    private Runnable afterEachStep = () -> {};

    private record Event(long atNs, long sequence, Runnable action, boolean[] cancelled) {}

    public long nowNs() {
        return nowNs;
    }

    /** How many things have happened. */
    long events() {
        return sequence - queue.size();
    }

    /** A number that two runs have in common only if the same happened in both, at the same times. */
    public long trace() {
        return trace;
    }

    /** Makes something part of the trace. */
    void note(long what) {
        trace = (trace ^ what ^ nowNs) * 0x9E3779B97F4A7C15L;
        trace ^= trace >>> 29;
    }

    public Timer after(long delayNs, Runnable action) {
        boolean[] cancelled = {false};
        queue.add(new Event(nowNs + delayNs, sequence++, action, cancelled));
        return () -> cancelled[0] = true;
    }

    public Timer afterMs(long delayMs, Runnable action) {
        return after(TimeUnit.MILLISECONDS.toNanos(delayMs), action);
    }

    /** Numbers things in the order in which they come to be. */
    long nextNumber() {
        return ++numbers;
    }

    /** Runs something after each step, which must not change what happens. */
    public void afterEachStep(Runnable action) {
        afterEachStep = action;
    }

    /** Does what comes next. False if nothing comes any more. */
    public boolean step() {
        Event event = queue.poll();
        if (event == null) {
            return false;
        }
        nowNs = event.atNs();
        if (!event.cancelled()[0]) {
            note(event.sequence());
            runContained(event.action());
            afterEachStep.run();
        }
        return true;
    }

    /** A process contains a defect of one callback. The run fails by it all the same, unless it is planned. */
    private static void runContained(Runnable action) {
        List<Throwable> defects = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((any, defect) -> defects.add(defect));
        try {
            action.run();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        for (Throwable defect : defects) {
            if (defect instanceof Error e) {
                throw e;
            }
            if (!(defect instanceof PlannedDefects.PlannedDefect)) {
                throw (RuntimeException) defect;
            }
        }
    }

    public void pass(long ms) {
        long untilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(ms);
        while (!queue.isEmpty() && queue.peek().atNs() <= untilNs) {
            step();
        }
        nowNs = Math.max(nowNs, untilNs);
    }
}
