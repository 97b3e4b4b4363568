package io.quorate.node.lsm;

import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.wal.Log;
import java.io.IOException;

/**
 * Flushes memtables to tables of level 0, on the maintenance thread, and ends the store's work. Merges are the {@link
 * Compactor}'s, on threads of their own, so that no flush waits for one.
 */
final class Maintenance {
    private final StoreThreads threads;
    private final Health health;
    private final Counters counters;
    private final Log log;
    private final Manifest manifest;
    private final LiveView live;
    private final TableFiles files;
    private final Compactor compactor;

    private Runnable afterFlush = () -> {};
    private boolean closed;

    Maintenance(
            StoreThreads threads,
            Health health,
            Counters counters,
            Recovery.Recovered recovered,
            LiveView live,
            Compactor compactor) {
        this.threads = threads;
        this.health = health;
        this.counters = counters;
        this.log = recovered.log();
        this.manifest = recovered.manifest();
        this.files = recovered.files();
        this.live = live;
        this.compactor = compactor;
    }

    /** What the log thread is to do when there is one frozen memtable less. To be set before any work comes. */
    void onFlush(Runnable action) {
        afterFlush = action;
    }

    /** A memtable has been frozen. */
    void flushSoon() {
        threads.maintenance().execute(() -> {
            if (closed || health.isFailed()) {
                return;
            }
            health.guard("flushing a memtable", this::flushOldest);
            if (health.isFailed()) {
                threads.log().execute(afterFlush);
            }
        });
    }

    private void flushOldest() throws IOException {
        Memtable memtable = live.current().frozen().get(0);
        TableFile file = files.write(memtable.cursor());
        Table table = files.open(file);
        manifest.flushed(file, memtable.logNumber() + 1);
        live.update(view -> view.flushed(memtable, table));
        table.release();
        log.retire(memtable.logNumber());
        counters.flushedBytes.addAndGet(file.bytes());
        threads.log().execute(afterFlush);
        compactor.consider();
    }

    /** Ends all work and closes all files. */
    void closeSoon(Runnable whenClosed) {
        threads.maintenance().execute(() -> {
            closed = true;
            compactor.stop(() -> threads.maintenance().execute(() -> {
                health.guard("closing the store", this::close);
                whenClosed.run();
            }));
        });
    }

    private void close() throws IOException {
        manifest.close();
        live.close();
    }
}
