package io.quorate.deploy.simulation.world;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A thread of one process: does its tasks one after the other, each after a random while. */
final class Worker implements Executor {
    private final RandomGenerator random;
    private final SimulatedProcess life;
    private final LongSupplier delayNsMax;
    private final int tasksMax;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** @param tasksMax it rejects a task if so many wait */
    Worker(RandomGenerator random, SimulatedProcess life, LongSupplier delayNsMax, int tasksMax) {
        this.tasksMax = tasksMax;
        this.random = random;
        this.life = life;
        this.delayNsMax = delayNsMax;
    }

    @Override
    public void execute(Runnable task) {
        if (tasks.size() >= tasksMax) {
            throw new RejectedExecutionException(tasksMax + " tasks wait");
        }
        tasks.add(task);
        if (tasks.size() == 1) {
            runNextLater();
        }
    }

    private void runNextLater() {
        life.afterNs(1 + random.nextLong(delayNsMax.getAsLong()), this::runNext);
    }

    private void runNext() {
        tasks.peek().run();
        tasks.remove();
        if (!tasks.isEmpty()) {
            runNextLater();
        }
    }
}
