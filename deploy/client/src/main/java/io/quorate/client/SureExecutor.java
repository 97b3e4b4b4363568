package io.quorate.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs work on a thread of the pool, or on the caller's if there is none: a process at its limit of threads gets no new
 * one. A call whose next step never runs would have no end. The caller may be the JDK's timer of all futures: what
 * depends on a call must not block it.
 *
 * @param pool queues nothing. Work that it had queued before it failed would run twice
 */
record SureExecutor(Executor pool) implements Executor {
    @Override
    public void execute(Runnable work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            work.run();
        }
    }
}
