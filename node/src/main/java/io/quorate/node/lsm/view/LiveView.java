package io.quorate.node.lsm.view;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The view that counts now, and how far into the active memtable it is complete. The log thread and the maintenance
 * thread replace it; readers take it as it is and wait for nobody.
 */
public final class LiveView {
    private volatile View view;
    private volatile long visibleSequence;

    public LiveView(View first) {
        view = first;
    }

    /** For the two threads that replace views, each to look at what only it replaces; and for figures. */
    public View current() {
        return view;
    }

    /** The view with a reference, which the caller gives back; empty if the store is closed. */
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

    /** Replaces the view. What the new one does not have any more is freed with the last reader of the old one. */
    public synchronized void update(UnaryOperator<View> change) throws IOException {
        View old = view;
        view = change.apply(old);
        old.close();
    }

    /** There is no view from now on but for those who have it. */
    public synchronized void close() throws IOException {
        view.close();
    }

    /** All writes up to this one are in the memtable. By the log thread, between two changes of the active memtable. */
    public void publish(long sequence) {
        visibleSequence = sequence;
    }

    /** Up to where all writes are in the memtable. */
    public long visibleSequence() {
        return visibleSequence;
    }

    /**
     * A view and a sequence that belong together: all writes up to it are in the view, and its tables hold no later one.
     * That is so if the view was the same before and after the sequence was read, as the log thread publishes a group
     * before it replaces the memtable. Empty if the store is closed.
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

    /** What a scan sees. It holds a reference to the view. */
    public record Snapshot(View view, long sequence) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            view.close();
        }
    }
}
