package io.quorate.node.lsm;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.Reason;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.memtable.Memtable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A durable map from keys to registers. Of all records ever put for a key the one with the highest version counts,
 * whatever order they came in. What a read returns was durable before. Safe for use by several threads.
 */
public final class Store implements AutoCloseable {
    private final StoreOptions options;
    private final Health health;
    private final Counters counters = new Counters();
    private final LiveView live;
    private final Compactor compactor;
    private final Committer committer;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Store(
            StoreOptions options, StoreThreads threads, Consumer<StoreException> fatal, Recovery.Recovered recovered)
            throws IOException {
        this.options = options;
        this.health = new Health(fatal);
        this.live = new LiveView(firstView(recovered));
        this.compactor = new Compactor(options, threads, health, counters, recovered, live);
        Maintenance maintenance = new Maintenance(threads, health, counters, recovered, live, compactor);
        this.committer = new Committer(options, threads, health, counters, recovered, live, maintenance, compactor);
        maintenance.onFlush(committer::resume);
        compactor.onRelief(committer::resume);
        compactor.consider();
    }

    /** From now on the view has them, and nobody else. */
    private static View firstView(Recovery.Recovered recovered) throws IOException {
        Memtable memtable = new Memtable(recovered.log().activeNumber(), recovered.memory());
        View view = new View(memtable, List.of(), new TableTree(recovered.tables()));
        memtable.release();
        for (PlacedTable each : recovered.tables()) {
            each.table().release();
        }
        return view;
    }

    /**
     * Makes an empty store, durably.
     *
     * @throws CannotOpenException if the directory holds a store already
     */
    public static void create(DataDirectory directory) throws IOException {
        if (directory.disk().list().contains(CurrentFile.NAME)) {
            throw new CannotOpenException(
                    Reason.FOREIGN,
                    "there is a store in " + directory.disk().pathOf("") + " already; nothing was changed");
        }
        Manifest.start(directory.disk(), 1, ManifestState.EMPTY).close();
    }

    /**
     * Opens the store in a directory. When it returns, all that was recovered is durable.
     *
     * @param fatal told once, on the thread that met it, when the store has stopped for good; production halts the process
     * @throws CannotOpenException if there is no store, or a newer or foreign one
     * @throws CorruptException if what was durable there is damaged or missing
     */
    public static Store open(
            DataDirectory directory, StoreOptions options, StoreThreads threads, Consumer<StoreException> fatal)
            throws IOException {
        return new Store(options, threads, fatal, Recovery.run(directory.disk(), options));
    }

    /** Makes the register at least as new as {@code record}. Never blocks. */
    public void put(Key key, Record record, Completion completion) {
        Pending.Write write = new Pending.Write(key, record, completion);
        Optional<RefusedException> refusal = refusalOf(write);
        if (refusal.isPresent()) {
            completion.refused(refusal.get());
        } else {
            committer.submit(write);
        }
    }

    private Optional<RefusedException> refusalOf(Pending.Write write) {
        if (health.isClosing()) {
            return Optional.of(health.closed());
        }
        if (health.isFailed()) {
            return Optional.of(health.stopped());
        }
        if (write.record.content() instanceof Value value && value.bytes().length > options.valueBytesMax()) {
            return Optional.of(new RefusedException("a value of " + value.bytes().length + " bytes; this store takes "
                    + options.valueBytesMax() + " at most. Nothing was applied"));
        }
        if (counters.queuedBytes.addAndGet(write.bytes()) > options.queuedBytesMax()) {
            counters.queuedBytes.addAndGet(-write.bytes());
            return Optional.of(new RefusedException("more than " + options.queuedBytesMax()
                    + " bytes of writes wait for the disk. Nothing was applied; try again later"));
        }
        return Optional.empty();
    }

    /**
     * The newest record, or {@link Record#NEVER_WRITTEN}. May block on the disk, never on a writer.
     *
     * @throws RefusedException if the store is closed or has stopped
     * @throws CorruptException if what the disk holds for the key is damaged
     */
    public Record get(Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            return view.get(key, counters);
        } catch (IOException e) {
            throw new DiskFailedException("reading a table for a get", e);
        }
    }

    /** What {@link #get} would return, if that can be told without the disk; otherwise empty. Never blocks. */
    public Optional<Record> getFromMemory(Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            return view.getFromMemory(key, counters);
        } catch (IOException e) {
            throw new DiskFailedException("closing a table after a get", e);
        }
    }

    /** All registers ever written, in the order of their keys. */
    public RecordIterator scan() {
        return scan(KeyRange.ALL, Direction.ASCENDING);
    }

    /** The registers of a range as they are now, tombstones too. To be closed. */
    public RecordIterator scan(KeyRange range, Direction direction) {
        health.requireOpen();
        try {
            return new RecordIterator(live.snapshot().orElseThrow(health::closed), range, direction);
        } catch (IOException e) {
            throw new DiskFailedException("reading tables for a scan", e);
        }
    }

    public StoreStatistics statistics() {
        View view = live.current();
        CompactionStatistics compaction = CompactionStatistics.of(view.tree(), counters, compactor);
        return new StoreStatistics(
                view.memtables().stream().mapToLong(Memtable::bytes).sum(),
                view.frozen().size(),
                view.tables().size(),
                compaction.bytesByLevel().stream().mapToLong(Long::longValue).sum(),
                counters.queuedBytes.get(),
                counters.writes.get(),
                counters.userBytes.get(),
                counters.logForces.get(),
                counters.logBytes.get(),
                counters.flushedBytes.get(),
                compaction.writtenBytesByLevel().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                counters.stalls.get(),
                counters.delays.get(),
                counters.delayedMs.get(),
                counters.gets.sum(),
                counters.tablesRead.sum(),
                compaction);
    }

    /**
     * Accepts nothing more, makes durable what was accepted, and then closes the files. Does not wait.
     *
     * @param whenClosed called on the maintenance thread; not called if the store was closed or closing already
     */
    public void shutdown(Runnable whenClosed) {
        if (health.beginClosing()) {
            committer.submit(new Pending.Close(() -> {
                closed.countDown();
                whenClosed.run();
            }));
        }
    }

    /** {@link #shutdown}, and waits until the files are closed. Not for the threads that the store works on. */
    @Override
    public void close() {
        shutdown(() -> {});
        boolean interrupted = false;
        while (closed.getCount() > 0) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
