package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.view.PlacedTable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Reads the filters of the tables that a start found, one table after the other, on a compaction thread. So a start
 * need not wait for them. Those of the upper levels come first: they have few of the entries and spare most of the
 * reads.
 */
public final class FilterLoading {
    private final Executor compaction;
    private final Wakeups wakeups;
    private final StoreHealth health;

    // Under the lock.
    private final Queue<Table> left;
    private boolean running;
    private boolean stopping;
    private Runnable whenStopped = () -> {};

    public FilterLoading(OpenStore store) {
        this.compaction = store.threads().compaction();
        this.wakeups = store.wakeups();
        this.health = store.health();
        this.left = store.recovered().tables().stream()
                .sorted(Comparator.comparing(PlacedTable::level))
                .map(PlacedTable::table)
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** Begins, and goes on by itself. Call it once. */
    public synchronized void begin() {
        if (!left.isEmpty()) {
            running = true;
            compaction.execute(this::loadNext);
        }
    }

    private void loadNext() {
        Table next = next();
        health.guard("reading the filter of a table", () -> load(next));
        if (health.isFailed()) {
            wakeups.resumeWriters();
        }
        goOnOrEnd();
    }

    private synchronized Table next() {
        return left.remove();
    }

    private void goOnOrEnd() {
        synchronized (this) {
            if (!stopping && !left.isEmpty() && !health.isFailed()) {
                compaction.execute(this::loadNext);
                return;
            }
            running = false;
        }
        whenStopped.run();
    }

    /** Reads no further filter, and then calls {@code then} on a thread of the store. */
    void stop(Runnable then) {
        synchronized (this) {
            stopping = true;
            if (running) {
                whenStopped = then;
                return;
            }
        }
        then.run();
    }

    /** A merge may have replaced the table. */
    private static void load(Table table) throws IOException {
        if (table.tryAcquire()) {
            try {
                table.loadFilter();
            } finally {
                table.release();
            }
        }
    }
}
