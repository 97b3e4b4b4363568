package io.quorate.node.lsm.maintenance;

import io.quorate.common.time.Clock;
import io.quorate.node.lsm.compaction.FlushRate;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.lifetime.SerialTasks;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.TableFiles;
import io.quorate.node.lsm.wal.Log;
import java.io.IOException;

/**
 * Flushes memtables to tables of level 0, on the maintenance thread. On the same thread it probes for the end of a
 * shortage while work waits for it, and closes the files at the end. The {@link Compactor} merges on other threads, so
 * that no flush waits for a merge. The flusher can give up at any point: it leaves at most a file, which the next start
 * deletes.
 */
public final class Flusher {
    /** A manifest is not rolled over before it has such a part of a memtable's bytes: 128 KiB of 32 MiB. */
    private static final int MEMTABLE_TO_MANIFEST = 256;

    // Any thread.
    private final SerialTasks maintenance;
    private final Wakeups wakeups;
    private final Clock clock;
    private final StoreHealth health;
    private final StoreCounters counters;
    private final SpaceMonitor space;
    private final Log log;
    private final Manifest manifest;
    private final LiveView live;
    private final TableFiles files;
    private final Compactor compactor;
    private final FilterLoading filters;
    private final int memtableBytes;
    private final FlushRate rate;

    // The maintenance thread.
    private int flushesHeldUp;
    private boolean closed;

    public Flusher(OpenStore store, Compactor compactor, FilterLoading filters) {
        this.maintenance = new SerialTasks("maintenance", store.threads().maintenance());
        this.wakeups = store.wakeups();
        this.clock = store.threads().clock();
        this.health = store.health();
        this.counters = store.counters();
        this.space = store.space();
        this.log = store.recovered().log();
        this.manifest = store.recovered().manifest();
        this.files = store.recovered().files();
        this.live = store.live();
        this.compactor = compactor;
        this.filters = filters;
        this.memtableBytes = store.options().memtables().bytes();
        this.rate =
                new FlushRate(memtableBytes, store.options().compaction().debt().firstBytesPerSecond());
    }

    /** How fast memtables are flushed. From any thread. */
    public double bytesPerSecond() {
        return rate.bytesPerSecond(clock.monotonicNs());
    }

    /** Another memtable has been frozen. From any thread. */
    public void flushSoon() {
        submit(this::flushOldest, "flushing a memtable");
    }

    /** Looks for disk space, lets waiting work go on, and makes the ballast. From any thread. */
    public void probeSoon() {
        submit(() -> space.probe(this::goOn), "making the ballast");
    }

    /** Ends all work and closes all files. From any thread. */
    public void closeSoon(Runnable whenClosed) {
        maintenance.submit(maintenance.task(() -> {
            closed = true;
            compactor.stop(() -> filters.stop(() -> maintenance.submit(maintenance.task(() -> {
                health.guard("closing the store", this::close);
                whenClosed.run();
            }))));
        }));
    }

    private void submit(StoreHealth.DiskWork work, String doing) {
        maintenance.submit(maintenance.task(() -> {
            if (closed || health.isFailed()) {
                return;
            }
            health.guard(doing, () -> runOrReportShortage(work));
            if (health.isFailed()) {
                wakeups.resumeWriters();
            }
        }));
    }

    private void runOrReportShortage(StoreHealth.DiskWork work) throws IOException {
        try {
            work.run();
        } catch (ShortageException e) {
            space.met(e);
        }
    }

    private void flushOldest() throws IOException {
        maintenance.requireInTask();
        if (flushesHeldUp > 0) {
            flushesHeldUp++;
            return;
        }
        Memtable memtable = live.current().frozen().get(0);
        rate.began(memtable.bytes(), clock.monotonicNs());
        try {
            flush(memtable);
            rate.ended(memtable.bytes(), clock.monotonicNs());
        } catch (ShortageException e) {
            rate.gaveUp();
            holdUp(e);
            return;
        }
        try {
            log.retire(memtable.logNumber());
        } finally {
            // The memtable is flushed, even if a shortage keeps its segment for the next flush to retire.
            wakeups.resumeWriters();
            compactor.consider();
        }
    }

    /**
     * Tries again at once if the ballast has made space. Otherwise the flush waits, and writers must not wait for it.
     */
    private void holdUp(ShortageException shortage) throws IOException {
        if (space.met(shortage)) {
            flushSoon();
        } else {
            flushesHeldUp++;
            wakeups.resumeWriters();
        }
    }

    private boolean goOn() throws IOException {
        maintenance.requireInTask();
        if (flushesHeldUp > 0
                && !space.hasSpaceFor(live.current().frozen().get(0).bytes())) {
            return false;
        }
        for (; flushesHeldUp > 0; flushesHeldUp--) {
            flushSoon();
        }
        compactor.goOnIfThereIsSpace();
        return true;
    }

    private void flush(Memtable memtable) throws IOException {
        TableFile file = files.write(memtable.cursor(), TableCause.FLUSH, clock.wallMs());
        Table table = openOrDelete(file);
        try {
            manifest.flushed(file, memtable.logNumber() + 1);
        } catch (ShortageException e) {
            table.release();
            files.delete(file.number());
            throw e;
        }
        live.update(view -> view.flushed(memtable, table));
        table.release();
        manifest.rollIfLong(memtableBytes / MEMTABLE_TO_MANIFEST);
        counters.flushedBytes.addAndGet(file.bytes());
    }

    private Table openOrDelete(TableFile file) throws IOException {
        try {
            return files.open(file, 0);
        } catch (ShortageException e) {
            files.delete(file.number());
            throw e;
        }
    }

    private void close() throws IOException {
        space.close();
        manifest.close();
        live.close();
    }
}
