package io.quorate.benchmark.store;

import static io.quorate.common.model.Direction.ASCENDING;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.StoreFigures;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Our store, as a node has it. Records that an earlier run left in the log are in tables when it is open. */
final class QuorateEngine implements Engine {
    /** How many writes of {@link #put} may wait for the disk. A crash may lose as many. */
    static final int IN_FLIGHT_MAX = 16_384;

    private static final long SESSION = 0x5bd1e995_9e3779b9L;

    private final DataDirectory directory;
    private final StorageThreads threads;
    private final Store store;
    private final PutsInFlight inFlight = new PutsInFlight(IN_FLIGHT_MAX);
    private final AtomicLong writes = new AtomicLong();
    private final long firstTimestamp = SystemClock.INSTANCE.wallMs() << 20;

    private QuorateEngine(DataDirectory directory, StorageThreads threads, Store store) {
        this.directory = directory;
        this.threads = threads;
        this.store = store;
    }

    static Engine open(Path path, StoreOptions options) {
        try {
            boolean isNew = !Files.exists(path.resolve(DataDirectory.LOCK_NAME));
            DataDirectory directory = DataDirectory.create(new RealDisk(path));
            if (isNew) {
                Store.create(directory);
            }
            StorageThreads threads = StorageThreads.start("bench");
            Store store = Store.open(directory, options, threads.forStore(), failure -> {
                throw failure;
            });
            return new QuorateEngine(directory, threads, store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        inFlight.enter();
        store.put(Key.of(key), record(value), inFlight);
    }

    @Override
    public void awaitPuts() {
        inFlight.awaitAll();
    }

    @Override
    public void putSynced(byte[] key, byte[] value) {
        AwaitedPut put = new AwaitedPut();
        store.put(Key.of(key), record(value), put);
        put.await();
    }

    private Record record(byte[] value) {
        long count = writes.incrementAndGet();
        Version version = new Version(firstTimestamp + count, SESSION, count, 0);
        return new Record(version, Value.of(value, Value.DEFAULT_CONTENT_TYPE));
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return store.get(Key.of(key)).content() instanceof Value value ? Optional.of(value.bytes()) : Optional.empty();
    }

    @Override
    public int scan(byte[] from, int count) {
        try (RecordIterator records = store.scan(KeyRange.from(Key.of(from)), ASCENDING)) {
            int taken = 0;
            while (taken < count && records.advance()) {
                taken += records.key().length() > 0 && records.record().content() instanceof Value ? 1 : 0;
            }
            return taken;
        }
    }

    @Override
    public boolean isAtWork() {
        StoreFigures figures = store.statistics().figures();
        return figures.memtables().frozen() > 0 || figures.compaction().runningMerges() > 0;
    }

    @Override
    public TableBytes tables() {
        StoreFigures figures = store.statistics().figures();
        return new TableBytes(
                figures.memtables().flushedBytes() + figures.compaction().writtenBytes(),
                figures.tables().levels().stream()
                        .map(StoreFigures.LevelFigures::tableBytes)
                        .toList());
    }

    @Override
    public void close() {
        store.close();
        threads.close();
        try {
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
