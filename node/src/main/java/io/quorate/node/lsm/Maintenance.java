package io.quorate.node.lsm;

import io.quorate.node.lsm.compaction.TableMerge;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.table.BlockCache;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.wal.Log;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Flushes memtables to tables and merges tables, on the maintenance thread. A flush is one task, a merge many small
 * ones, so that no flush waits long for a merge. Inputs never change and stay until what replaces them is durable and in
 * the manifest; giving up at any point only leaves a file that the next start deletes.
 */
final class Maintenance {
    private final Disk disk;
    private final StoreOptions options;
    private final StoreThreads threads;
    private final Health health;
    private final Counters counters;
    private final Log log;
    private final Manifest manifest;
    private final LiveView live;
    private final BlockCache cache;

    private Runnable afterFlush = () -> {};
    private Optional<TableMerge> merge = Optional.empty();
    private long nextTable;
    private boolean closed;

    Maintenance(
            Disk disk,
            StoreOptions options,
            StoreThreads threads,
            Health health,
            Counters counters,
            Recovery.Recovered recovered,
            LiveView live) {
        this.disk = disk;
        this.options = options;
        this.threads = threads;
        this.health = health;
        this.counters = counters;
        this.log = recovered.log();
        this.manifest = recovered.manifest();
        this.cache = recovered.cache();
        this.nextTable = recovered.nextNumber();
        this.live = live;
    }

    /** What the log thread is to do when there is one frozen memtable less. To be set before any work comes. */
    void onFlush(Runnable action) {
        afterFlush = action;
    }

    /** A memtable has been frozen. */
    void flushSoon() {
        submit(this::flushOldest, "flushing a memtable");
    }

    /** Earlier lives may have left more tables than there should be. */
    void begin() {
        submit(this::mergeIfDue, "merging tables");
    }

    /** Ends all work and closes all files. */
    void closeSoon(Runnable whenClosed) {
        threads.maintenance().execute(() -> {
            health.guard("closing the store", this::close);
            whenClosed.run();
        });
    }

    private void submit(Health.Work work, String doing) {
        threads.maintenance().execute(() -> {
            if (closed || health.isFailed()) {
                return;
            }
            health.guard(doing, work);
            if (health.isFailed()) {
                threads.log().execute(afterFlush);
            }
        });
    }

    private void flushOldest() throws IOException {
        Memtable memtable = live.current().frozen().get(0);
        TableFile file = write(memtable.cursor());
        Table table = Table.open(disk, file, cache);
        manifest.flushed(file, memtable.logNumber() + 1);
        live.update(view -> view.flushed(memtable, table));
        table.release();
        log.retire(memtable.logNumber());
        counters.flushedBytes.addAndGet(file.bytes());
        threads.log().execute(afterFlush);
        mergeIfDue();
    }

    private TableFile write(EntryCursor entries) throws IOException {
        TableWriter writer = TableWriter.create(disk, nextTable++, options.blockBytes());
        while (entries.advance()) {
            writer.add(entries.key(), entries.record());
        }
        return writer.finish();
    }

    private void mergeIfDue() throws IOException {
        List<Table> tables = live.current().tables();
        if (merge.isEmpty() && tables.size() > options.tablesMax()) {
            merge = Optional.of(new TableMerge(tables, TableWriter.create(disk, nextTable++, options.blockBytes())));
            mergeSoon();
        }
    }

    private void mergeSoon() {
        submit(this::mergeStep, "merging tables");
    }

    private void mergeStep() throws IOException {
        TableMerge running = merge.orElseThrow();
        if (running.step()) {
            mergeSoon();
        } else {
            finish(running);
            merge = Optional.empty();
            mergeIfDue();
        }
    }

    private void finish(TableMerge finished) throws IOException {
        TableFile file = finished.finish();
        Table output = Table.open(disk, file, cache);
        List<Table> inputs = finished.inputs();
        manifest.compacted(
                inputs.stream().map(input -> input.identity().number()).toList(), file);
        live.update(view -> view.compacted(inputs, output));
        output.release();
        counters.compactedBytes.addAndGet(file.bytes());
        for (Table input : inputs) {
            disk.delete(FileName.table(input.identity().number()).toString());
        }
    }

    private void close() throws IOException {
        closed = true;
        if (merge.isPresent()) {
            merge.get().abandon();
        }
        manifest.close();
        live.close();
    }
}
