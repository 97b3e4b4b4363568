package io.quorate.node.lsm;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.node.lsm.options.StoreThreads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The store's threads as queues on the test's own thread. A seed chooses the next queue. Tasks of the log and of
 * maintenance keep their order. Tasks of compaction do not, as if several threads took them. Time moves by the pauses
 * that the store makes. Periodic tasks may never end, so time moves past them only when the test says so.
 */
public final class SeededThreads implements Clock {
    private static final long BEGIN_MS = 1_000_000;
    private static final long PAUSE_MS_MAX = 500;
    private static final int TASKS_FOR_A_TIMER = 4;

    private final Random random;
    private final List<Runnable> log = new ArrayList<>();
    private final List<Runnable> maintenance = new ArrayList<>();
    private final List<Runnable> compaction = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueMs).thenComparingLong(Timer::order));
    private long nowMs = BEGIN_MS;
    private long order;

    public SeededThreads(Random random) {
        this.random = random;
    }

    private record Timer(long dueMs, long order, Runnable action) {}

    public StoreThreads forStore() {
        return new StoreThreads(log::add, maintenance::add, compaction::add, this::after, this);
    }

    private Scheduler.Timer after(long delayMs, Runnable action) {
        Timer timer = new Timer(nowMs + delayMs, order++, action);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public long wallMs() {
        return nowMs;
    }

    @Override
    public long monotonicNs() {
        return nowMs * 1_000_000;
    }

    public void sleep(long ms) {
        nowMs += ms;
    }

    /** Runs one task of any queue, or the next timer. False if there is none. */
    public boolean runOne() {
        List<List<Runnable>> ready = List.of(log, maintenance, compaction).stream()
                .filter(queue -> !queue.isEmpty())
                .toList();
        if (ready.isEmpty() || random.nextInt(TASKS_FOR_A_TIMER) == 0 && isPauseNext()) {
            return endPause();
        }
        List<Runnable> queue = ready.get(random.nextInt(ready.size()));
        queue.remove(queue == compaction ? random.nextInt(queue.size()) : 0).run();
        return true;
    }

    private boolean isPauseNext() {
        return !timers.isEmpty() && timers.peek().dueMs <= nowMs + PAUSE_MS_MAX;
    }

    private boolean endPause() {
        boolean next = isPauseNext();
        if (next) {
            runTimer();
        }
        return next;
    }

    private void runTimer() {
        Timer next = timers.remove();
        nowMs = Math.max(nowMs, next.dueMs);
        next.action.run();
    }

    /** Lets all timers go off that are set now. */
    void passTime() {
        for (int left = timers.size(); left > 0; left--) {
            runTimer();
        }
    }

    /** Lets flushes and merges rest. Writers wait for timers as long as it takes. */
    void runLogOnly() {
        while (!log.isEmpty() || endPause()) {
            while (!log.isEmpty()) {
                log.remove(0).run();
            }
        }
    }

    /** One step of a merge, if one is due. */
    void runOneMerge() {
        if (!compaction.isEmpty()) {
            compaction.remove(0).run();
        }
    }

    /** Lets merges rest. The log, flushes and timers go on. */
    public void runAllButMerges() {
        List<Runnable> resting = new ArrayList<>();
        while (!log.isEmpty() || !maintenance.isEmpty() || endPause()) {
            resting.addAll(compaction);
            compaction.clear();
            List<Runnable> queue = log.isEmpty() ? maintenance : log;
            if (!queue.isEmpty()) {
                queue.remove(0).run();
            }
        }
        compaction.addAll(resting);
    }

    public void runAll() {
        while (runOne()) {}
    }
}
