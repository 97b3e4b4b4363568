package io.quorate.node.lsm.commit;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The queue from many callers to the log thread. It has no locks and no nodes of its own. Callers push onto a stack
 * (Treiber, 1986). The log thread takes the whole stack at once and reverses it. Taking it whole leaves no ABA problem.
 */
final class CommitQueue {
    private final AtomicReference<QueuedTask> top = new AtomicReference<>();

    /**
     * True if the queue was empty: then the caller must wake the log thread. Otherwise an earlier caller has woken it.
     */
    boolean push(QueuedTask pending) {
        while (true) {
            QueuedTask below = top.get();
            pending.next = below;
            if (top.compareAndSet(below, pending)) {
                return below == null;
            }
        }
    }

    /** Moves all tasks, in the order of the pushes, to the end of {@code target}. On the log thread. */
    void drainTo(ArrayDeque<QueuedTask> target) {
        QueuedTask newest = top.getAndSet(null);
        QueuedTask oldest = null;
        while (newest != null) {
            QueuedTask below = newest.next;
            newest.next = oldest;
            oldest = newest;
            newest = below;
        }
        while (oldest != null) {
            QueuedTask following = oldest.next;
            oldest.next = null;
            target.add(oldest);
            oldest = following;
        }
    }
}
