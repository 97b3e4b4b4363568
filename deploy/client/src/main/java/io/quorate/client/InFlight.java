package io.quorate.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets so many calls go at the same time. The others wait, and go in the order in which they came. Each call in flight
 * has a connection, so that this limits those too. For all threads.
 */
final class InFlight {
    private final int callsMax;
    private final SureExecutor executor;

    // Guarded by this object.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int calls;

    /** @param executor runs calls that waited. On the thread of the call before, thousands would overflow its stack */
    InFlight(int callsMax, Executor executor) {
        this.callsMax = callsMax;
        this.executor = new SureExecutor(executor);
    }

    /** Runs the call, now or later. It is in flight until it calls {@link #leave}. */
    void enter(Runnable call) {
        synchronized (this) {
            if (calls == callsMax) {
                waiting.add(call);
                return;
            }
            calls++;
        }
        call.run();
    }

    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                calls--;
            }
        }
        if (next != null) {
            executor.execute(next);
        }
    }
}
