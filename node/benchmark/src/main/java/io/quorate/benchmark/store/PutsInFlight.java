package io.quorate.benchmark.store;

import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits how many writes are on their way at once. No thread waits for a single one. When there are so many, their
 * caller waits until half of them are done, so that it is not woken for each. One thread submits, the log thread
 * completes.
 */
final class PutsInFlight implements Completion {
    private final int max;
    private long submitted;
    private volatile long completed;
    private volatile long awaited = Long.MAX_VALUE;
    private volatile Thread caller;
    private volatile RuntimeException failure;

    PutsInFlight(int max) {
        this.max = max;
    }

    /** Before each write. */
    void enter() {
        if (submitted - completed >= max) {
            await(submitted - max / 2);
        }
        submitted++;
    }

    void awaitAll() {
        await(submitted);
    }

    private void await(long count) {
        caller = Thread.currentThread();
        awaited = count;
        while (completed < count && failure == null) {
            LockSupport.park(this);
        }
        awaited = Long.MAX_VALUE;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void applied() {
        long now = completed + 1;
        completed = now;
        if (now >= awaited) {
            LockSupport.unpark(caller);
        }
    }

    @Override
    public void refused(RefusedException why) {
        fail(why);
    }

    @Override
    public void unknown(UnknownOutcomeException why) {
        fail(why);
    }

    private void fail(RuntimeException why) {
        failure = why;
        LockSupport.unpark(caller);
    }
}
