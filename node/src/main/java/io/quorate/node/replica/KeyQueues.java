package io.quorate.node.replica;

import io.quorate.common.model.Key;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the transactions of each key one after the other, in the order of arrival. No thread waits. Safe for use by
 * several threads.
 */
final class KeyQueues {
    /** Most that may wait for one key. Each is a conditional write whose coordinator gives up soon. */
    static final int WAITING_MAX = 128;

    private final ConcurrentHashMap<Key, Deque<Runnable>> queues = new ConcurrentHashMap<>();

    /**
     * Runs {@code step} once no other step works on the key, possibly at once. {@link #leave} ends it.
     *
     * @return false if too many wait already. Then the step will not run
     */
    boolean enter(Key key, Runnable step) {
        Deque<Runnable> own = new ArrayDeque<>();
        boolean[] full = {false};
        Deque<Runnable> queue = queues.merge(key, own, (waiting, any) -> {
            full[0] = waiting.size() >= WAITING_MAX;
            if (!full[0]) {
                waiting.add(step);
            }
            return waiting;
        });
        if (queue == own) {
            step.run();
        }
        return !full[0];
    }

    void leave(Key key) {
        Runnable[] next = {null};
        queues.computeIfPresent(key, (any, waiting) -> {
            next[0] = waiting.poll();
            return next[0] == null ? null : waiting;
        });
        if (next[0] != null) {
            next[0].run();
        }
    }
}
