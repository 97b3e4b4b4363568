package io.quorate.node.lsm.view;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The current view, and up to which write its active memtable is complete. The log thread, the maintenance thread and
 * the compaction threads replace the view. Readers take it as it is and never wait.
 */
public final class LiveView {
    private volatile View view;
    private volatile long visibleSequence;

    public LiveView(View first) {
        view = first;
    }

    /** For the threads that replace views: each may look at the part that only it replaces. Also for figures. */
    public View current() {
        return view;
    }

    /** The view with a reference, which the caller gives back. Empty if the store is closed. */
    public Optional<View> acquire() {
        View seen = view;
        while (!seen.tryAcquire()) {
            View newer = view;
            if (newer == seen) {
                return Optional.empty();
            }
            seen = newer;
        }
        return Optional.of(seen);
    }

    /** Replaces the view. Parts that only the old view has are freed with its last reader. */
    public synchronized void update(UnaryOperator<View> change) throws IOException {
        View old = view;
        view = change.apply(old);
        old.close();
    }

    /** From now on only those who hold the view already can read it. */
    public synchronized void close() throws IOException {
        view.close();
    }

    /** All writes up to this one are in the memtable. On the log thread, between two changes of the active memtable. */
    public void publish(long sequence) {
        visibleSequence = sequence;
    }

    /**
     * All writes up to this one are in the memtable. A get that took its view before shows no later one: those of a
     * group become visible together, also to scans.
     */
    public long visibleSequence() {
        return visibleSequence;
    }

    /**
     * A view and a sequence that belong together: all writes up to the sequence are in the view, and its tables hold no
     * later one. That holds if the view is the same before and after the sequence is read. The reason: the log thread
     * publishes a group before it replaces the memtable. Empty if the store is closed.
     */
    public Optional<Snapshot> snapshot() throws IOException {
        Optional<View> acquired = acquire();
        while (acquired.isPresent()) {
            long sequence = visibleSequence;
            if (view == acquired.get()) {
                return Optional.of(new Snapshot(acquired.get(), sequence));
            }
            acquired.get().close();
            acquired = acquire();
        }
        return Optional.empty();
    }

    /** The state that a scan sees. It holds a reference to the view. */
    public record Snapshot(View view, long sequence) implements AutoCloseable {
        /** The same moment once more. Each of the two is closed. */
        public Snapshot again() {
            if (!view.tryAcquire()) {
                throw new IllegalStateException("the snapshot is closed");
            }
            return new Snapshot(view, sequence);
        }

        @Override
        public void close() throws IOException {
            view.close();
        }
    }
}
