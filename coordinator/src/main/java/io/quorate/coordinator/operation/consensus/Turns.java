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
public final class Turns {
    private final Map<Key, Deque<Runnable>> queues = new HashMap<>();
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private boolean running;

    /** Runs {@code turn} when it is its turn, possibly at once. It lasts until {@link #leave}. */
    public void enter(Key key, Runnable turn) {
        Deque<Runnable> queue = queues.computeIfAbsent(key, any -> new ArrayDeque<>(1));
        queue.add(turn);
        if (queue.size() == 1) {
            run(turn);
        }
    }

    /** Ends a turn, or gives up waiting for it. */
    public void leave(Key key, Runnable turn) {
        Deque<Runnable> queue = queues.get(key);
        boolean hadTurn = queue.peek() == turn;
        queue.remove(turn);
        if (queue.isEmpty()) {
            queues.remove(key);
        } else if (hadTurn) {
            run(queue.peek());
        }
    }

    /** A turn may end while it begins, and so may the next: a loop, as the stack is not endless. */
    private void run(Runnable turn) {
        ready.add(turn);
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
