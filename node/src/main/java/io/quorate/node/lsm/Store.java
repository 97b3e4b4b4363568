package io.quorate.node.lsm;

import io.quorate.common.model.Direction;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.statistics.StoreFigures;
import io.quorate.common.statistics.StoreFigures.LogFigures;
import io.quorate.common.statistics.StoreFigures.MemtableFigures;
import io.quorate.common.statistics.StoreFigures.PauseFigures;
import io.quorate.common.statistics.StoreFigures.ReadFigures;
import io.quorate.common.statistics.StoreFigures.TableFigures;
import io.quorate.common.statistics.StoreFigures.WriteFigures;
import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.QueuedTask;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.maintenance.Compactor;
import io.quorate.node.lsm.maintenance.Maintenance;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.statistics.StoreStatistics;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.OpenScans;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.lsm.view.TableFiles;
import io.quorate.node.lsm.view.TableTree;
import io.quorate.node.lsm.view.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Durable maps from keys to records, one for each {@link Keyspace}. Of all records ever put for a key the one with the
 * highest version counts, whatever order they came in. What a read returns was durable before. Safe for use by several
 * threads.
 */
public final class Store implements AutoCloseable {
    private final Disk disk;
    private final StoreOptions options;
    private final StoreHealth health;
    private final StoreCounters counters = new StoreCounters();
    private final SpaceMonitor room;
    private final LiveView live;
    private final TableFiles files;
    private final OpenScans openScans = new OpenScans();
    private final Compactor compactor;
    private final Committer committer;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Store(
            DataDirectory directory,
            StoreOptions options,
            StoreThreads threads,
            Consumer<StoreException> fatal,
            Recovery.Recovered recovered)
            throws IOException {
        this.disk = directory.disk();
        this.options = options;
        this.health = new StoreHealth(fatal);
        this.room = new SpaceMonitor(directory.disk(), options.ballastBytes(), threads);
        this.live = new LiveView(firstView(recovered));
        this.files = recovered.files();
        this.compactor = new Compactor(options, threads, health, counters, room, recovered, live);
        Maintenance maintenance = new Maintenance(threads, health, counters, room, recovered, live, compactor);
        this.committer =
                new Committer(options, threads, health, counters, room, recovered, live, maintenance, compactor);
        maintenance.onFlush(committer::resume);
        compactor.onRelief(committer::resume);
        compactor.consider();
        maintenance.probeSoon();
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
                    OpenFailure.FOREIGN,
                    "there is a store in " + directory.disk().pathOf("") + " already; nothing was changed");
        }
        Manifest.start(directory.disk(), 1, ManifestState.EMPTY).close();
    }

    /**
     * Opens the store in a directory. When it returns, all that was recovered is durable.
     *
     * @param fatal told once, on the thread that met it, when the store has stopped for good; production halts the
     *     process
     * @throws CannotOpenException if there is no store, or a newer or foreign one
     * @throws CorruptException if what was durable there is damaged or missing
     * @throws DiskFullException if there is no room to recover it; nothing was changed
     */
    public static Store open(
            DataDirectory directory, StoreOptions options, StoreThreads threads, Consumer<StoreException> fatal)
            throws IOException {
        Disk disk = directory.disk();
        Recovery.Recovered recovered = Ballast.orWithout(disk, () -> Recovery.run(disk, options));
        return new Store(directory, options, threads, fatal, recovered);
    }

    /** As {@link #put(Keyspace, Key, Record, Completion)}, of a register. */
    public void put(Key key, Record record, Completion completion) {
        put(Keyspace.DATA, key, record, completion);
    }

    /** Makes what the key holds at least as new as {@code record}. Never blocks. */
    public void put(Keyspace keyspace, Key key, Record record, Completion completion) {
        submit(List.of(new QueuedTask.KeyedRecord(keyspace.stored(key), record)), completion);
    }

    /**
     * As many puts, of which all or none are applied, whatever crashes, and which a scan sees all or not at all; two
     * gets are two moments. Never blocks.
     *
     * @throws IllegalArgumentException if there are none
     */
    public void write(List<Write> batch, Completion completion) {
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("a batch without writes");
        }
        submit(
                batch.stream()
                        .map(write ->
                                new QueuedTask.KeyedRecord(write.keyspace().stored(write.key()), write.record()))
                        .toList(),
                completion);
    }

    private void submit(List<QueuedTask.KeyedRecord> entries, Completion completion) {
        QueuedTask.Batch batch = new QueuedTask.Batch(entries, completion);
        Optional<RefusedException> refusal = refusalOf(batch);
        if (refusal.isPresent()) {
            completion.refused(refusal.get());
        } else {
            committer.submit(batch);
        }
    }

    private Optional<RefusedException> refusalOf(QueuedTask.Batch batch) {
        if (health.isClosing()) {
            return Optional.of(health.closed());
        }
        if (health.isFailed()) {
            return Optional.of(health.stopped());
        }
        for (QueuedTask.KeyedRecord entry : batch.entries) {
            if (entry.valueBytes() > options.valueBytesMax()) {
                return Optional.of(new RefusedException(
                        RefusedException.RefusedBecause.TOO_LARGE,
                        "a value of " + entry.valueBytes() + " bytes; this store takes " + options.valueBytesMax()
                                + " at most. Nothing was applied"));
            }
        }
        return room.takes(batch.deletesOnly()) ? refusalByLength(batch) : Optional.of(room.refusal());
    }

    private Optional<RefusedException> refusalByLength(QueuedTask.Batch batch) {
        if (batch.entries.size() > 1 && batch.bytes > options.queuedBytesMax()) {
            return Optional.of(new RefusedException(
                    RefusedException.RefusedBecause.TOO_LARGE,
                    "a batch of " + batch.entries.size() + " writes and about " + batch.bytes
                            + " bytes; this store takes " + options.queuedBytesMax()
                            + " bytes at most. Nothing was applied; make smaller batches"));
        }
        if (counters.queuedBytes.addAndGet(batch.bytes) > options.queuedBytesMax()) {
            counters.queuedBytes.addAndGet(-batch.bytes);
            return Optional.of(new RefusedException(
                    RefusedException.RefusedBecause.OVERLOADED,
                    "more than " + options.queuedBytesMax()
                            + " bytes of writes wait for the disk. Nothing was applied; try again later"));
        }
        return Optional.empty();
    }

    /** As {@link #get(Keyspace, Key)}, of a register. */
    public Record get(Key key) {
        return get(Keyspace.DATA, key);
    }

    /**
     * The newest record, or {@link Record#NEVER_WRITTEN}. May block on the disk, never on a writer.
     *
     * @throws RefusedException if the store is closed or has stopped
     * @throws CorruptException if what the disk holds for the key is damaged
     */
    public Record get(Keyspace keyspace, Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            return view.get(keyspace.stored(key), counters);
        } catch (IOException e) {
            throw new DiskFailedException("reading a table for a get", e);
        }
    }

    /** As {@link #getFromMemory(Keyspace, Key)}, of a register. */
    public Optional<Record> getFromMemory(Key key) {
        return getFromMemory(Keyspace.DATA, key);
    }

    /** What {@link #get} would return, if that can be told without the disk; otherwise empty. Never blocks. */
    public Optional<Record> getFromMemory(Keyspace keyspace, Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            return view.getFromMemory(keyspace.stored(key), counters);
        } catch (IOException e) {
            throw new DiskFailedException("closing a table after a get", e);
        }
    }

    /** All registers ever written, in the order of their keys. */
    public RecordIterator scan() {
        return scan(KeyRange.ALL, Direction.ASCENDING);
    }

    /** As {@link #scan(Keyspace, KeyRange, Direction)}, of registers. */
    public RecordIterator scan(KeyRange range, Direction direction) {
        return scan(Keyspace.DATA, range, direction);
    }

    /** What the keys of a range hold now, tombstones too. To be closed. */
    public RecordIterator scan(Keyspace keyspace, KeyRange range, Direction direction) {
        health.requireOpen();
        try {
            LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed);
            return new RecordIterator(snapshot, openScans, keyspace.stored(range), direction);
        } catch (IOException e) {
            throw new DiskFailedException("closing tables before a scan", e);
        }
    }

    /**
     * Makes a copy of the store, as it is now, in another directory, which holds no store: all keyspaces at one moment,
     * with everything that was acknowledged before. It is durable when this returns; until then there is no store
     * there. The caller's thread does the work; writers, flushes and merges go on.
     *
     * @throws CannotOpenException if there is a store in {@code target}, or a part of one; nothing was changed
     */
    public void checkpoint(Disk target) {
        health.requireOpen();
        try (LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed)) {
            Checkpoint.write(snapshot, disk, target, options.blockBytes());
        } catch (IOException e) {
            throw new DiskFailedException("writing a checkpoint to " + target.pathOf("") + "; the store goes on", e);
        }
    }

    /** What the disk has room for; what it has not is refused. */
    public DiskSpace diskSpace() {
        return room.current();
    }

    /** @throws RefusedException if the disk has less room than that */
    public void requireRoom(DiskSpace least) {
        if (room.current().compareTo(least) > 0) {
            throw room.refusal();
        }
    }

    /** @param listener told what the disk has room for, now and whenever that changes; on the thread that met it */
    public void onRoom(Consumer<DiskSpace> listener) {
        room.onChange(listener);
    }

    /** @param listener told of each group of writes for how many nanoseconds the log was forced, on the log thread */
    public void onForce(LongConsumer listener) {
        committer.onForce(listener);
    }

    public StoreStatistics statistics() {
        View view = live.current();
        long sequence = live.visibleSequence();
        CompactionStatistics compaction = compactor.statistics(view.tree());
        StoreFigures figures = new StoreFigures(
                new MemtableFigures(
                        view.memtables().stream().mapToLong(Memtable::bytes).sum(),
                        view.frozen().size(),
                        counters.flushedBytes.get()),
                new TableFigures(view.tables().size(), compaction.tableBytes(), compaction.levels()),
                new WriteFigures(counters.writes.get(), counters.userBytes.get(), counters.queuedBytes.get()),
                new LogFigures(counters.logForces.get(), counters.logBytes.get()),
                new PauseFigures(counters.stalls.get(), counters.delays.get(), counters.delayedMs.get()),
                new ReadFigures(
                        counters.gets.sum(),
                        counters.tablesRead.sum(),
                        openScans.count(),
                        Math.max(0, sequence - openScans.oldestSequence(sequence))),
                compaction.figures());
        long stalledMs = TimeUnit.NANOSECONDS.toMillis(counters.stalledNs.get());
        return new StoreStatistics(figures, stalledMs, compaction, files.cacheStatistics());
    }

    /**
     * Accepts nothing more, makes durable what was accepted, and then closes the files. Does not wait.
     *
     * @param whenClosed called on the maintenance thread; not called if the store was closed or closing already
     */
    public void shutdown(Runnable whenClosed) {
        if (health.beginClosing()) {
            committer.submit(new QueuedTask.Close(() -> {
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
