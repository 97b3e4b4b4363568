package io.quorate.node.lsm;

import io.quorate.node.lsm.table.Table;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The view that counts now, and how far into the active memtable it is complete. The log thread and the maintenance
 * thread replace it; readers take it as it is and wait for nobody.
 */
final class LiveView {
    private final AtomicReference<View> view;
    private volatile long visibleSequence;

    LiveView(View first) {
        view = new AtomicReference<>(first);
    }

    View current() {
        return view.get();
    }

    void update(UnaryOperator<View> change) {
        view.updateAndGet(change);
    }

    /** All writes up to this one are in the memtable. By the log thread, between two changes of the active memtable. */
    void publish(long sequence) {
        visibleSequence = sequence;
    }

    /**
     * A view and a sequence that belong together: all writes up to it are in the view, and its tables hold no later one.
     * That is so if the view was the same before and after the sequence was read, as the log thread publishes a group
     * before it replaces the memtable. A reference to each table is taken.
     */
    Snapshot snapshot() throws IOException {
        while (true) {
            View before = view.get();
            long sequence = visibleSequence;
            if (view.get() == before && tryAcquire(before)) {
                return new Snapshot(before, sequence);
            }
        }
    }

    record Snapshot(View view, long sequence) {
        void release() throws IOException {
            for (Table table : view.tables()) {
                table.release();
            }
        }
    }

    private static boolean tryAcquire(View view) throws IOException {
        for (int i = 0; i < view.tables().size(); i++) {
            if (!view.tables().get(i).tryAcquire()) {
                for (Table acquired : view.tables().subList(0, i)) {
                    acquired.release();
                }
                return false;
            }
        }
        return true;
    }
}
