package io.quorate.node.replica.state;

import io.quorate.common.model.Key;
import io.quorate.common.thread.Defects;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the transactions of each key one after the other, in the order of arrival. No thread waits. Safe for use by
 * several threads.
 *
 * <p>A turn is over when its step has returned and {@link #leave} was called. The later of the two starts the next
 * turn, in a loop. So steps that end at once do not deepen the stack. A step that throws has returned, and still has to
 * leave. Its exception does not reach the caller, which may work for another request.
 */
public final class KeyQueues {
    /** Most that may wait for one key. Each is a conditional write whose coordinator gives up soon. */
    public static final int WAITING_MAX = 128;

    private final ConcurrentHashMap<Key, KeyQueue> queues = new ConcurrentHashMap<>();

    /** The turns of one key. Only the map's operations on this key change it. */
    private static final class KeyQueue {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private Turn current = new Turn();
    }

    /** Ends twice: when its step returns, and when it is left. */
    private static final class Turn {
        private final AtomicBoolean endedOnce = new AtomicBoolean();

        boolean isOver() {
            return !endedOnce.compareAndSet(false, true);
        }
    }

    /**
     * Runs {@code step} once no other step works on the key, possibly at once. {@link #leave} ends it.
     *
     * @param waitingMax most that may wait for the key
     * @return false if too many wait already. Then the step will not run
     */
    public boolean enter(Key key, Runnable step, int waitingMax) {
        KeyQueue own = new KeyQueue();
        boolean[] full = {false};
        KeyQueue queue = queues.merge(key, own, (present, any) -> {
            full[0] = present.waiting.size() >= waitingMax;
            if (!full[0]) {
                present.waiting.add(step);
            }
            return present;
        });
        if (queue == own) {
            run(key, own.current, step);
        }
        return !full[0];
    }

    /** As {@link #enter(Key, Runnable, int)}, with {@value #WAITING_MAX}. */
    public boolean enter(Key key, Runnable step) {
        return enter(key, step, WAITING_MAX);
    }

    /** Ends the current turn of the key. Its step calls this once, on any thread. */
    public void leave(Key key) {
        if (queues.get(key).current.isOver()) {
            runNext(key);
        }
    }

    private void runNext(Key key) {
        Turn turn = new Turn();
        Runnable next = next(key, turn);
        if (next != null) {
            run(key, turn, next);
        }
    }

    /** Runs a step, and those behind it for as long as each is left before it returns. */
    private void run(Key key, Turn first, Runnable firstStep) {
        Turn turn = first;
        Runnable step = firstStep;
        while (step != null) {
            Defects.contain(step);
            if (!turn.isOver()) {
                return;
            }
            turn = new Turn();
            step = next(key, turn);
        }
    }

    /** Begins the next turn. Without one, the key's queue goes. */
    private Runnable next(Key key, Turn turn) {
        Runnable[] next = {null};
        queues.computeIfPresent(key, (any, queue) -> {
            next[0] = queue.waiting.poll();
            queue.current = turn;
            return next[0] == null ? null : queue;
        });
        return next[0];
    }
}
