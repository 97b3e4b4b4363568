package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Key;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the conditional writes of one key go one after the other at one coordinator, in the order they came: beside each
 * other they would only preempt one another. Those of other coordinators they meet by ballots.
 */
public final class ProposerQueues {
    private final Map<Key, Deque<Runnable>> queues = new HashMap<>();
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private boolean running;

    /** Runs {@code turn} when it is its reason, possibly at once. It lasts until {@link #leave}. */
    public void enter(Key key, Runnable reason) {
        Deque<Runnable> queue = queues.computeIfAbsent(key, any -> new ArrayDeque<>(1));
        queue.add(reason);
        if (queue.size() == 1) {
            run(reason);
        }
    }

    /** Ends a reason, or gives up waiting for it. */
    public void leave(Key key, Runnable reason) {
        Deque<Runnable> queue = queues.get(key);
        boolean hadTurn = queue.peek() == reason;
        queue.remove(reason);
        if (queue.isEmpty()) {
            queues.remove(key);
        } else if (hadTurn) {
            run(queue.peek());
        }
    }

    /** A reason may end while it begins, and so may the next: a loop, as the stack is not endless. */
    private void run(Runnable reason) {
        ready.add(reason);
        if (running) {
            return;
        }
        running = true;
        try {
            while (!ready.isEmpty()) {
                ready.poll().run();
            }
        } finally {
            running = false;
        }
    }
}
