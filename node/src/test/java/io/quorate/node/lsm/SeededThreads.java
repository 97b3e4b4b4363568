package io.quorate.node.lsm;

import io.quorate.common.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/**
 * The store's two threads as two queues on the test's own thread; a seed says which goes next. Time passes when the test
 * says so.
 */
final class SeededThreads {
    private final Random random;
    private final Queue<Runnable> log = new ArrayDeque<>();
    private final Queue<Runnable> maintenance = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();

    SeededThreads(Random random) {
        this.random = random;
    }

    StoreThreads forStore() {
        return new StoreThreads(log::add, maintenance::add, this::after);
    }

    private Scheduler.Timer after(long delayMs, Runnable action) {
        timers.add(action);
        return () -> timers.remove(action);
    }

    /** Lets all timers go off that are set now. */
    void passTime() {
        maintenance.addAll(timers);
        timers.clear();
    }

    /** Runs one task of either queue; false if there is none. */
    boolean runOne() {
        List<Queue<Runnable>> ready = List.of(log, maintenance).stream()
                .filter(queue -> !queue.isEmpty())
                .toList();
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(random.nextInt(ready.size())).remove().run();
        return true;
    }

    void runLogOnly() {
        while (!log.isEmpty()) {
            log.remove().run();
        }
    }

    void runAll() {
        while (runOne()) {}
    }
}
