package io.quorate.node.lsm;

import io.quorate.node.lsm.compaction.TableMerge;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFullException;
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
    private final DiskRoom room;
    private final Log log;
    private final Manifest manifest;
    private final LiveView live;
    private final BlockCache cache;

    private Runnable afterFlush = () -> {};
    private Optional<TableMerge> merge = Optional.empty();
    private int flushesHeldUp;
    private boolean mergeHeldUp;
    private long nextTable;
    private boolean closed;

    Maintenance(
            Disk disk,
            StoreOptions options,
            StoreThreads threads,
            Health health,
            Counters counters,
            DiskRoom room,
            Recovery.Recovered recovered,
            LiveView live) {
        this.disk = disk;
        this.options = options;
        this.threads = threads;
        this.health = health;
        this.counters = counters;
        this.room = room;
        this.log = recovered.log();
        this.manifest = recovered.manifest();
        this.cache = recovered.cache();
        this.nextTable = recovered.nextNumber();
        this.live = live;
        room.onProbe(() -> submit(room::probe, "making the ballast"), this::goOn);
    }

    /** What the log thread is to do when there is one frozen memtable less. To be set before any work comes. */
    void onFlush(Runnable action) {
        afterFlush = action;
    }

    /** A memtable has been frozen. */
    void flushSoon() {
        submit(this::flushOldest, "flushing a memtable");
    }

    /** Earlier lives may have left more tables than there should be, and the ballast may be missing. */
    void begin() {
        submit(this::mergeIfDue, "merging tables");
        submit(room::probe, "making the ballast");
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
            health.guard(doing, () -> {
                try {
                    work.run();
                } catch (DiskFullException e) {
                    room.full();
                }
            });
            if (health.isFailed()) {
                threads.log().execute(afterFlush);
            }
        });
    }

    private void flushOldest() throws IOException {
        if (flushesHeldUp > 0) {
            flushesHeldUp++;
            return;
        }
        Memtable memtable = live.current().frozen().get(0);
        try {
            flush(memtable);
        } catch (DiskFullException e) {
            holdUpFlush();
            return;
        }
        log.retire(memtable.logNumber());
        threads.log().execute(afterFlush);
        mergeIfDue();
    }

    /** Tries again at once if there is room now; otherwise writers must not wait for it. */
    private void holdUpFlush() throws IOException {
        if (room.full()) {
            flushSoon();
        } else {
            flushesHeldUp++;
            threads.log().execute(afterFlush);
        }
    }

    private boolean goOn() throws IOException {
        if (flushesHeldUp > 0 && !room.hasRoomFor(live.current().frozen().get(0).bytes())) {
            return false;
        }
        for (; flushesHeldUp > 0; flushesHeldUp--) {
            flushSoon();
        }
        if (mergeHeldUp) {
            mergeHeldUp = false;
            mergeIfDue();
        }
        return true;
    }

    private void flush(Memtable memtable) throws IOException {
        TableFile file = write(memtable.cursor());
        Table table = Table.open(disk, file, cache);
        try {
            manifest.flushed(file, memtable.logNumber() + 1);
        } catch (DiskFullException e) {
            table.release();
            disk.delete(FileName.table(file.number()).toString());
            throw e;
        }
        live.update(view -> view.flushed(memtable, table));
        table.release();
        counters.flushedBytes.addAndGet(file.bytes());
    }

    private TableFile write(EntryCursor entries) throws IOException {
        TableWriter writer = TableWriter.create(disk, nextTable++, options.blockBytes());
        try {
            while (entries.advance()) {
                writer.add(entries.key(), entries.record());
            }
            return writer.finish();
        } catch (DiskFullException e) {
            writer.abandon();
            throw e;
        }
    }

    private void mergeIfDue() throws IOException {
        List<Table> tables = live.current().tables();
        if (merge.isPresent() || mergeHeldUp || tables.size() <= options.tablesMax()) {
            return;
        }
        if (!room.hasRoomFor(
                tables.stream().mapToLong(table -> table.identity().bytes()).sum())) {
            holdUpMerge();
        } else {
            merge = Optional.of(new TableMerge(tables, TableWriter.create(disk, nextTable++, options.blockBytes())));
            mergeSoon();
        }
    }

    /** Writers need not wait for a merge, and it gives back what it wrote: no reason to refuse anything. */
    private void holdUpMerge() throws IOException {
        if (merge.isPresent()) {
            merge.get().abandon();
            merge = Optional.empty();
        }
        mergeHeldUp = true;
        room.probeLater();
    }

    private void mergeSoon() {
        submit(this::mergeStep, "merging tables");
    }

    private void mergeStep() throws IOException {
        TableMerge running = merge.orElseThrow();
        try {
            if (running.step()) {
                mergeSoon();
                return;
            }
            finish(running);
        } catch (DiskFullException e) {
            holdUpMerge();
            return;
        }
        merge = Optional.empty();
        mergeIfDue();
    }

    private void finish(TableMerge finished) throws IOException {
        TableFile file = finished.finish();
        Table output = Table.open(disk, file, cache);
        List<Table> inputs = finished.inputs();
        try {
            manifest.compacted(
                    inputs.stream().map(input -> input.identity().number()).toList(), file);
        } catch (DiskFullException e) {
            output.release();
            throw e;
        }
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
        room.close();
        manifest.close();
        live.close();
    }
}
