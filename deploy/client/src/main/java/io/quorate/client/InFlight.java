package io.quorate.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets so many calls go at the same time. The others wait, and go in the order in which they came. Each call in flight
 * has a connection, so that this limits those too. For all threads.
 */
final class InFlight {
    private final int callsMax;
    private final SureExecutor executor;

    /** The calls that this thread begins one after the other. It has none unless it is beginning one now. */
    private final ThreadLocal<Queue<Runnable>> beginning = new ThreadLocal<>();

    // Guarded by this object.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int calls;

    /** @param executor runs calls that waited */
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
            executor.execute(() -> begin(next));
        }
    }

    /**
     * A call that ends at once begins the next one, on the same thread if there is no other. Thousands of them, each
     * within the one before, would overflow the stack.
     */
    private void begin(Runnable call) {
        Queue<Runnable> after = beginning.get();
        if (after != null) {
            after.add(call);
            return;
        }
        Queue<Runnable> calls = new ArrayDeque<>(List.of(call));
        beginning.set(calls);
        try {
            while (!calls.isEmpty()) {
                calls.remove().run();
            }
        } finally {
            beginning.remove();
        }
    }
}
