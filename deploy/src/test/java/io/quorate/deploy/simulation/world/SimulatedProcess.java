package io.quorate.deploy.simulation.world;

import io.quorate.common.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process from its start to its end. While it is paused, it does nothing. Its tasks die with it. */
public final class SimulatedProcess implements Scheduler {
    private final SimulatedTime time;
    private final long number;
    private final List<Runnable> held = new ArrayList<>();
    private boolean paused;
    private boolean over;

    SimulatedProcess(SimulatedTime time) {
        this.time = time;
        this.number = time.nextNumber();
    }

    /** No other process of the run has it. */
    long number() {
        return number;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        held.forEach(action -> afterNs(1, action));
        held.clear();
    }

    /** Does something now, or when the process is resumed, or never. */
    public void run(Runnable action) {
        if (paused) {
            held.add(action);
        } else if (!over) {
            action.run();
        }
    }

    @Override
    public Timer after(long delayMs, Runnable action) {
        return afterNs(TimeUnit.MILLISECONDS.toNanos(delayMs), action);
    }

    Timer afterNs(long delayNs, Runnable action) {
        boolean[] cancelled = {false};
        time.after(
                delayNs,
                () -> run(() -> {
                    if (!cancelled[0]) {
                        action.run();
                    }
                }));
        return () -> cancelled[0] = true;
    }
}
