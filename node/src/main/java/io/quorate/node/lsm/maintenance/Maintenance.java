package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.recovery.Recovery;
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
 * Flushes memtables to tables of level 0, on the maintenance thread, looks for room while something is held up, and ends
 * the store's work. Merges are the {@link Compactor}'s, on threads of their own, so that no flush waits for one. Giving up
 * at any point only leaves a file that the next start deletes.
 */
public final class Maintenance {
    private final StoreThreads threads;
    private final StoreHealth health;
    private final StoreCounters counters;
    private final SpaceMonitor room;
    private final Log log;
    private final Manifest manifest;
    private final LiveView live;
    private final TableFiles files;
    private final Compactor compactor;

    private Runnable afterFlush = () -> {};
    private int flushesHeldUp;
    private boolean closed;

    public Maintenance(
            StoreThreads threads,
            StoreHealth health,
            StoreCounters counters,
            SpaceMonitor room,
            Recovery.Recovered recovered,
            LiveView live,
            Compactor compactor) {
        this.threads = threads;
        this.health = health;
        this.counters = counters;
        this.room = room;
        this.log = recovered.log();
        this.manifest = recovered.manifest();
        this.files = recovered.files();
        this.live = live;
        this.compactor = compactor;
        room.onProbe(this::probeSoon, this::goOn);
    }

    /** What the log thread is to do when there is one frozen memtable less. To be set before any work comes. */
    public void onFlush(Runnable action) {
        afterFlush = action;
    }

    /** A memtable has been frozen. */
    public void flushSoon() {
        submit(this::flushOldest, "flushing a memtable");
    }

    /** Whether there is room, and the ballast, is to be looked after. */
    public void probeSoon() {
        submit(room::probe, "making the ballast");
    }

    /** Ends all work and closes all files. */
    public void closeSoon(Runnable whenClosed) {
        threads.maintenance().execute(() -> {
            closed = true;
            compactor.stop(() -> threads.maintenance().execute(() -> {
                health.guard("closing the store", this::close);
                whenClosed.run();
            }));
        });
    }

    private void submit(StoreHealth.DiskWork work, String doing) {
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
        compactor.consider();
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
        compactor.goOnIfThereIsRoom();
        return true;
    }

    private void flush(Memtable memtable) throws IOException {
        TableFile file = files.write(memtable.cursor(), TableCause.FLUSH);
        Table table = files.open(file);
        try {
            manifest.flushed(file, memtable.logNumber() + 1);
        } catch (DiskFullException e) {
            table.release();
            files.delete(file.number());
            throw e;
        }
        live.update(view -> view.flushed(memtable, table));
        table.release();
        counters.flushedBytes.addAndGet(file.bytes());
    }

    private void close() throws IOException {
        room.close();
        manifest.close();
        live.close();
    }
}
