package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Key;
import io.quorate.common.thread.Defects;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the conditional writes of one key one after the other at one coordinator, in the order they came. Side by side
 * they would only preempt each other. Ballots decide between them and those of other coordinators.
 */
public final class ProposerQueues {
    private final Map<Key, Deque<ProposerTurn>> queues = new HashMap<>();
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private boolean running;

    /** Runs {@code turn} when the turns before it have left, possibly at once. It lasts until {@link #leave}. */
    void enter(Key key, ProposerTurn turn) {
        Deque<ProposerTurn> queue = queues.computeIfAbsent(key, any -> new ArrayDeque<>(1));
        queue.add(turn);
        if (queue.size() == 1) {
            run(() -> turn.take(false));
        }
    }

    /** Ends a turn, or gives up waiting for it. */
    void leave(Key key, ProposerTurn turn) {
        Deque<ProposerTurn> queue = queues.get(key);
        boolean hadTurn = queue.peek() == turn;
        queue.remove(turn);
        if (queue.isEmpty()) {
            queues.remove(key);
        } else if (hadTurn) {
            ProposerTurn next = queue.peek();
            run(() -> next.take(true));
        }
    }

    /** The turns of the key that are in the queue now. */
    WaitingTurns waiting(Key key) {
        return new WaitingTurns(queues.get(key));
    }

    /**
     * A turn may end while it begins, and so may the next. The loop keeps the stack flat, and outlives their defects.
     */
    private void run(Runnable turn) {
        ready.add(turn);
        if (running) {
            return;
        }
        running = true;
        while (!ready.isEmpty()) {
            Defects.contain(ready.poll());
        }
        running = false;
    }
}
