package io.quorate.node.lsm.commit;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;

/**
 * From many callers to the log thread, without locks and without nodes of its own: callers push onto a stack, the log
 * thread takes the whole stack at once and turns it round (Treiber, 1986; taking it whole leaves no ABA problem).
 */
final class CommitQueue {
    private final AtomicReference<QueuedTask> top = new AtomicReference<>();

    /** True if the queue was empty, so that the log thread must be told; otherwise somebody has told it. */
    boolean push(QueuedTask pending) {
        while (true) {
            QueuedTask below = top.get();
            pending.next = below;
            if (top.compareAndSet(below, pending)) {
                return below == null;
            }
        }
    }

    /** Moves all there is, in the order of the pushes, to the end of {@code target}. On the log thread. */
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
