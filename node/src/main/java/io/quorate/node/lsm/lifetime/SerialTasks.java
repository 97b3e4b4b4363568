package io.quorate.node.lsm.lifetime;

import java.util.concurrent.Executor;

/**
 * The owner of fields that need no lock: the tasks of one executor, which runs one task at a time.
 *
 * <p>{@link #requireInTask} checks that the caller runs in such a task. It does not ask for a certain thread. So it
 * holds in production, where the executor has one thread, and in a simulation, where one thread runs the tasks of all
 * executors.
 */
public final class SerialTasks {
    private final String name;
    private final Executor executor;

    /**
     * The thread that runs a task now. A plain field is enough, because a thread compares it only with itself. A thread
     * sees its own last write, or a later write of another thread. The later write is never this thread.
     */
    private Thread runner;

    /** @param name for the message of a failed check */
    public SerialTasks(String name, Executor executor) {
        this.name = name;
        this.executor = executor;
    }

    /** Wraps work once, so that it can be submitted many times without a new object. */
    public Runnable task(Runnable work) {
        return () -> run(work);
    }

    /** @param task from {@link #task} */
    public void submit(Runnable task) {
        executor.execute(task);
    }

    private void run(Runnable work) {
        if (runner == Thread.currentThread()) {
            throw new IllegalStateException("a task of the " + name + " thread runs within another one");
        }
        runner = Thread.currentThread();
        try {
            work.run();
        } finally {
            runner = null;
        }
    }

    /** @throws IllegalStateException if the caller is in no task of this executor */
    public void requireInTask() {
        if (runner != Thread.currentThread()) {
            throw new IllegalStateException(
                    Thread.currentThread().getName() + " does what only the " + name + " thread may do");
        }
    }
}
