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
import io.quorate.node.lsm.commit.LogAdmission;
import io.quorate.node.lsm.commit.QueueAdmission;
import io.quorate.node.lsm.commit.QueuedTask;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.maintenance.Compactor;
import io.quorate.node.lsm.maintenance.FilterLoading;
import io.quorate.node.lsm.maintenance.Flusher;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import io.quorate.node.lsm.statistics.DescriptorStatistics;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.statistics.StoreStatistics;
import io.quorate.node.lsm.statistics.StoredContent;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableProperties;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.NewestVersion;
import io.quorate.node.lsm.view.NewestVersions;
import io.quorate.node.lsm.view.OpenScans;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.lsm.view.RecordIteratorPair;
import io.quorate.node.lsm.view.RecordPair;
import io.quorate.node.lsm.view.TableFiles;
import io.quorate.node.lsm.view.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Durable maps from keys to records, one for each {@link Keyspace}. Of all records ever put for a key, the one with the
 * highest version counts, in any order of arrival (I5). A read returns only what is durable (I6). Safe for use by
 * several threads.
 *
 * <p>This class is the face and the wiring. {@link Committer} writes, {@link View} reads, {@link Flusher} and
 * {@link Compactor} work in the background.
 */
public final class Store implements AutoCloseable {
    private final Disk disk;
    private final StoreOptions options;
    private final StoreHealth health;
    private final StoreCounters counters;
    private final SpaceMonitor space;
    private final LiveView live;
    private final NewestVersions versions;
    private final TableFiles files;
    private final OpenScans openScans = new OpenScans();
    private final Compactor compactor;
    private final Flusher flusher;
    private final QueueAdmission admission;
    private final Committer committer;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Store(
            Disk disk,
            StoreOptions options,
            StoreThreads threads,
            Consumer<StoreException> fatal,
            Recovery.Recovered recovered)
            throws IOException {
        OpenStore store = OpenStore.of(disk, options, threads, new ThreadWakeups(), fatal, recovered);
        this.disk = disk;
        this.options = options;
        this.health = store.health();
        this.counters = store.counters();
        this.space = store.space();
        this.live = store.live();
        this.versions = store.versions();
        this.files = recovered.files();
        this.compactor = new Compactor(store);
        FilterLoading filters = new FilterLoading(store);
        this.flusher = new Flusher(store, compactor, filters);
        this.admission = new QueueAdmission(store);
        this.committer = new Committer(store, flusher, compactor);
        compactor.consider();
        compactor.considerEachHour();
        filters.begin();
        flusher.probeSoon();
    }

    /** The threads work in a circle: writers wait for flushes, and flushes wake writers. Here the circle closes. */
    private final class ThreadWakeups implements Wakeups {
        @Override
        public void resumeWriters() {
            committer.resumeSoon();
        }

        @Override
        public void probeSpace() {
            flusher.probeSoon();
        }
    }

    /**
     * Makes an empty store, durably.
     *
     * @throws CannotOpenException if the directory holds a store already
     */
    public static void create(DataDirectory directory) throws IOException {
        if (directory.disk().contains(CurrentFile.NAME)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "there is a store in " + directory.disk().pathOf("") + " already. Nothing was changed");
        }
        Manifest.start(directory.disk(), new FileNumbers(1), ManifestState.EMPTY)
                .close();
    }

    /**
     * Opens the store in a directory. When it returns, everything that was recovered is durable.
     *
     * @param fatal receives the failure that stops the store for good, once, on the thread that met it. In production
     *     it halts the process
     * @throws CannotOpenException if there is no store, or a newer or foreign one
     * @throws CorruptException if durable data is damaged or missing
     * @throws DiskFullException if there is no space to recover it. Nothing was changed
     */
    public static Store open(
            DataDirectory directory, StoreOptions options, StoreThreads threads, Consumer<StoreException> fatal)
            throws IOException {
        Disk disk = directory.disk();
        Recovery.Recovered recovered = Ballast.orWithout(
                disk, () -> Recovery.run(disk, options, threads.clock().wallMs(), threads.compaction()));
        return new Store(disk, options, threads, fatal, recovered);
    }

    /** Like {@link #put(Keyspace, Key, Record, Completion)}, for a register. */
    public void put(Key key, Record record, Completion completion) {
        put(Keyspace.DATA, key, record, completion);
    }

    /** Makes what the key holds at least as new as {@code record}. Never blocks. */
    public void put(Keyspace keyspace, Key key, Record record, Completion completion) {
        submit(List.of(new QueuedTask.KeyedRecord(keyspace.stored(key), record)), LogAdmission.ALWAYS, completion);
    }

    /**
     * Makes several puts, of which all or none are applied, also after a crash. A scan sees all of them or none. Two
     * gets are two moments, so they may see different states. Never blocks.
     *
     * @throws IllegalArgumentException if the batch is empty
     */
    public void write(List<Write> batch, Completion completion) {
        write(batch, LogAdmission.ALWAYS, completion);
    }

    /**
     * As {@link #write(List, Completion)}, if {@code admission} does not refuse the batch at its place in the log.
     * Never blocks.
     */
    public void write(List<Write> batch, LogAdmission admission, Completion completion) {
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("a batch without writes");
        }
        submit(
                batch.stream()
                        .map(write ->
                                new QueuedTask.KeyedRecord(write.keyspace().stored(write.key()), write.record()))
                        .toList(),
                admission,
                completion);
    }

    private void submit(List<QueuedTask.KeyedRecord> entries, LogAdmission atItsPlace, Completion completion) {
        QueuedTask.Batch batch = new QueuedTask.Batch(entries, atItsPlace, completion);
        Optional<RefusedException> refusal = admission.refusalOf(batch);
        if (refusal.isPresent()) {
            completion.refused(refusal.get());
        } else {
            committer.submit(batch);
        }
    }

    /**
     * Begins a flush if so many entries that a merge may drop are in memory alone: while nobody writes, nothing else
     * would flush them. If no memtable is free, it begins as soon as one is. Does not wait.
     */
    public void flushForgotten(int entriesMin) {
        if (!health.isClosing()) {
            committer.submit(new QueuedTask.FlushForgotten(entriesMin));
        }
    }

    /** Like {@link #get(Keyspace, Key)}, for a register. */
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
            return view.get(keyspace.stored(key), live.visibleSequence(), counters);
        } catch (IOException e) {
            throw new DiskFailedException("reading a table for a get", e);
        }
    }

    /** Like {@link #getFromMemory(Keyspace, Key)}, for a register. */
    public Optional<Record> getFromMemory(Key key) {
        return getFromMemory(Keyspace.DATA, key);
    }

    /** The result of {@link #get}, if memory has it. Otherwise empty. Never blocks. */
    public Optional<Record> getFromMemory(Keyspace keyspace, Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            return getFromMemory(view, keyspace.stored(key));
        } catch (IOException e) {
            throw new DiskFailedException("closing a table after a get", e);
        }
    }

    /** The version of what {@link #get(Key)} returns, if it is known without the record. Reads no disk. */
    public Optional<NewestVersion> newestVersion(Key key) {
        health.requireOpen();
        return versions.get(Keyspace.DATA.stored(key));
    }

    /**
     * What a key holds in two keyspaces. Both are read in one view of the store, one after the other. So what a batch
     * erased in both is not found in the first one and missing in the second.
     */
    public RecordPair get(Keyspace first, Keyspace second, Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            Record before = view.get(first.stored(key), live.visibleSequence(), counters);
            return new RecordPair(before, view.get(second.stored(key), live.visibleSequence(), counters));
        } catch (IOException e) {
            throw new DiskFailedException("reading a table for a get", e);
        }
    }

    /** The result of {@link #get(Keyspace, Keyspace, Key)}, if memory has it. Otherwise empty. Never blocks. */
    public Optional<RecordPair> getFromMemory(Keyspace first, Keyspace second, Key key) {
        health.requireOpen();
        try (View view = live.acquire().orElseThrow(health::closed)) {
            Optional<Record> before = getFromMemory(view, first.stored(key));
            return before.flatMap(found -> getFromMemory(view, second.stored(key)))
                    .map(after -> new RecordPair(before.get(), after));
        } catch (IOException e) {
            throw new DiskFailedException("closing a table after a get", e);
        }
    }

    private Optional<Record> getFromMemory(View view, Key stored) {
        return view.getFromMemory(stored, live.visibleSequence(), counters);
    }

    /** All registers ever written, in the order of their keys. */
    public RecordIterator scan() {
        return scan(KeyRange.ALL, Direction.ASCENDING);
    }

    /** Like {@link #scan(Keyspace, KeyRange, Direction)}, for registers. */
    public RecordIterator scan(KeyRange range, Direction direction) {
        return scan(Keyspace.DATA, range, direction);
    }

    /** What the keys of a range hold now, with tombstones. The caller closes it. */
    public RecordIterator scan(Keyspace keyspace, KeyRange range, Direction direction) {
        health.requireOpen();
        try {
            LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed);
            return new RecordIterator(snapshot, openScans, keyspace.stored(range), direction);
        } catch (IOException e) {
            throw new DiskFailedException("closing tables before a scan", e);
        }
    }

    /** What the keys of a range hold in two keyspaces, at one moment. The caller closes both. */
    public RecordIteratorPair scan(Keyspace first, Keyspace second, KeyRange range, Direction direction) {
        health.requireOpen();
        try {
            LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed);
            LiveView.Snapshot same = snapshot.again();
            return new RecordIteratorPair(
                    new RecordIterator(snapshot, openScans, first.stored(range), direction),
                    new RecordIterator(same, openScans, second.stored(range), direction));
        } catch (IOException e) {
            throw new DiskFailedException("closing tables before a scan", e);
        }
    }

    /** As {@link #scan(Keyspace, Keyspace, KeyRange, Direction)}, up, past the block cache. */
    public RecordIteratorPair scanPastCache(Keyspace first, Keyspace second, KeyRange range) {
        health.requireOpen();
        try {
            LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed);
            LiveView.Snapshot same = snapshot.again();
            return new RecordIteratorPair(
                    RecordIterator.pastCache(snapshot, openScans, first.stored(range)),
                    RecordIterator.pastCache(same, openScans, second.stored(range)));
        } catch (IOException e) {
            throw new DiskFailedException("closing tables before a scan", e);
        }
    }

    /**
     * As {@link #scan(Keyspace, KeyRange, Direction)}, up. It reads each block from the disk and checks its checksum,
     * and leaves the block cache as it is.
     */
    public RecordIterator scanPastCache(Keyspace keyspace, KeyRange range) {
        health.requireOpen();
        try {
            LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed);
            return RecordIterator.pastCache(snapshot, openScans, keyspace.stored(range));
        } catch (IOException e) {
            throw new DiskFailedException("closing tables before a scan", e);
        }
    }

    /**
     * Copies the store, as it is now, into another directory, which must hold no store. The copy has all keyspaces at
     * one moment, and everything that was acknowledged before. It is durable when this returns. Until then there is no
     * store in the other directory. The caller's thread does the work. Writers, flushes and merges go on.
     *
     * @throws CannotOpenException if {@code target} holds a store, or a part of one. Nothing was changed
     */
    public void checkpoint(Disk target) {
        health.requireOpen();
        try (LiveView.Snapshot snapshot = live.snapshot().orElseThrow(health::closed)) {
            Checkpoint.write(snapshot, disk, target, options.blocks().blockBytes());
        } catch (IOException e) {
            throw new DiskFailedException("writing a checkpoint to " + target.pathOf("") + ". The store goes on", e);
        }
    }

    /** Which writes the disk has space for. The store refuses the others. */
    public DiskSpace diskSpace() {
        return space.current();
    }

    /** @throws RefusedException if a write would be refused that needs at least so much space, whatever its length */
    public void requireSpace(DiskSpace least) {
        Optional<RefusedException> refusal = admission.refusalOf(least);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** @param listener receives the disk space now, and each change of it, on the thread that met it */
    public void onDiskSpace(Consumer<DiskSpace> listener) {
        space.onChange(listener);
    }

    /** Whether this process is out of file descriptors, which flushes, merges and some writes need. */
    public boolean isOutOfDescriptors() {
        return space.descriptors().lasts();
    }

    /**
     * @param listener receives the cause when this process is out of file descriptors, and nothing when it is no
     *     longer, on the thread that met it
     */
    public void onDescriptorShortage(Consumer<Optional<ShortageException>> listener) {
        space.descriptors().onChange(listener);
    }

    /** @param whenFull called once, when the first table finds no room for its filter, on the thread that reads it */
    public void onFiltersFull(Runnable whenFull) {
        files.filters().onFull(whenFull);
    }

    /** @param listener receives after each group for how many nanoseconds the log was forced, on the log thread */
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
        return new StoreStatistics(
                figures,
                stalledMs,
                new DescriptorStatistics(
                        space.descriptors().timesMet(), space.descriptors().lasts()),
                compaction,
                files.cacheStatistics(),
                files.filters().statistics());
    }

    /** About what is in the tables and memtables. The entries of memtables are in their bytes only. */
    public StoredContent content() {
        View view = live.current();
        long entries = 0;
        long bytes = view.memtables().stream().mapToLong(Memtable::bytes).sum();
        for (Table table : view.tables()) {
            TableProperties properties = table.properties();
            entries += properties.counts().entries();
            bytes += properties.size().keyBytes() + properties.size().valueBytes();
        }
        return new StoredContent(entries, bytes);
    }

    /**
     * Accepts no more writes, makes the accepted ones durable, and then closes the files. Does not wait.
     *
     * @param whenClosed called on the maintenance thread. Not called if the store was closed or closing already
     */
    public void shutdown(Runnable whenClosed) {
        if (health.beginClosing()) {
            committer.submit(new QueuedTask.Close(() -> {
                closed.countDown();
                whenClosed.run();
            }));
            committer.resumeSoon();
        }
    }

    /** Does a {@link #shutdown}, and waits until the files are closed. Not for the threads that the store works on. */
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
