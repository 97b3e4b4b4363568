package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.StoreFigures;
import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Writes keys to a real disk, deletes them, forgets them, and shows what is left after each life of the store. The
 * arguments are an empty folder and the number of keys. The clock goes on by two days from one life to the next, so
 * that the last merges need not be awaited for so long.
 */
final class ForgetBenchmark implements Clock {
    private static final int BATCH = 1_000;
    private static final int BATCHES_IN_FLIGHT = 16;
    private static final int VALUE_BYTES = 100;
    private static final int LIVES_MAX = 4;
    private static final long TWO_DAYS_MS = 2 * 24 * 3_600_000L;
    private static final long SETTLED_NS = 500_000_000L;

    private final Path folder;
    private final int keys;
    private final StoreOptions options;
    private final Semaphore room = new Semaphore(BATCHES_IN_FLIGHT);
    private final List<Left> left = new ArrayList<>();
    private long daysMs;

    ForgetBenchmark(Path folder, int keys, StoreOptions options) {
        this.folder = folder;
        this.keys = keys;
        this.options = options;
    }

    /** What there is after all merges of a life. */
    record Left(String after, long tables, long tableBytes, long scanned, long blocksRead, long seconds) {
        @Override
        public String toString() {
            return String.format(
                    "%-10s %3d tables of %8.1f MiB, a scan passes %7d entries in %6d blocks, %3d s",
                    after, tables, tableBytes / (double) (1 << 20), scanned, blocksRead, seconds);
        }
    }

    public static void main(String[] arguments) throws Exception {
        new ForgetBenchmark(Path.of(arguments[0]), Integer.parseInt(arguments[1]), StoreOptions.DEFAULTS)
                .run()
                .forEach(System.out::println);
    }

    @Override
    public long wallMs() {
        return SystemClock.INSTANCE.wallMs() + daysMs;
    }

    @Override
    public long monotonicNs() {
        return SystemClock.INSTANCE.monotonicNs();
    }

    /** One line after each step, and after each further life. */
    List<Left> run() throws Exception {
        try (DataDirectory directory = DataDirectory.create(new RealDisk(folder))) {
            Store.create(directory);
        }
        live("nothing", store -> {});
        live("a fill", store -> writeAll(store, i -> new Record(version(1, i), value(i))));
        live("deletes", store -> writeAll(store, i -> new Record(version(2, i), TOMBSTONE)));
        live("forgetting", store -> writeAll(store, i -> new Record(version(2, i), TOMBSTONE).forgotten(1)));
        for (int life = 1; life < LIVES_MAX && left.get(left.size() - 1).tables > 0; life++) {
            daysMs += TWO_DAYS_MS;
            live("life " + life, store -> {});
        }
        return left;
    }

    private interface Work {
        void on(Store store) throws Exception;
    }

    private void live(String name, Work work) throws Exception {
        long startNs = monotonicNs();
        try (DataDirectory directory = DataDirectory.open(new RealDisk(folder));
                StorageThreads real = StorageThreads.start("forget")) {
            StoreThreads threads = real.forStore();
            StoreThreads withClock = new StoreThreads(
                    threads.log(), threads.maintenance(), threads.compaction(), threads.timers(), this);
            try (Store store = Store.open(directory, options, withClock, failure -> {
                throw failure;
            })) {
                work.on(store);
                awaitQuiet(store);
                long seconds = (monotonicNs() - startNs) / 1_000_000_000;
                left.add(look(name, store, seconds));
            }
        }
    }

    private Left look(String name, Store store, long seconds) throws IOException {
        long before = blocksRead(store);
        long scanned = 0;
        try (RecordIterator all = store.scan(Keyspace.DATA, KeyRange.ALL, Direction.ASCENDING)) {
            while (all.advance()) {
                scanned++;
            }
        }
        StoreFigures figures = store.statistics().figures();
        return new Left(name, figures.tables().count(), tableBytes(), scanned, blocksRead(store) - before, seconds);
    }

    /** A scan looks for each block in the cache. */
    private static long blocksRead(Store store) {
        return store.statistics().cache().hits() + store.statistics().cache().misses();
    }

    private long tableBytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("table-"))
                    .toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static Version version(long timestamp, int i) {
        return new Version(timestamp, 1, i, 0);
    }

    private static Value value(int i) {
        byte[] bytes = new byte[VALUE_BYTES];
        new Random(i).nextBytes(bytes);
        return Value.of(bytes, Value.DEFAULT_CONTENT_TYPE);
    }

    private void writeAll(Store store, IntFunction<Record> record) throws InterruptedException {
        for (int from = 0; from < keys; from += BATCH) {
            List<Write> batch = new ArrayList<>();
            for (int i = from; i < Math.min(keys, from + BATCH); i++) {
                long place = Math.floorMod(i * 7_368_787L, (long) keys);
                batch.add(new Write(Keyspace.DATA, Key.of(String.format("%016d", place)), record.apply((int) place)));
            }
            room.acquire();
            store.write(batch, new RequiredCompletion(room::release));
        }
        room.acquire(BATCHES_IN_FLIGHT);
        room.release(BATCHES_IN_FLIGHT);
    }

    private void awaitQuiet(Store store) {
        long quietSince = monotonicNs();
        while (monotonicNs() - quietSince < SETTLED_NS) {
            StoreFigures now = store.statistics().figures();
            if (now.memtables().frozen() > 0 || now.compaction().runningMerges() > 0) {
                quietSince = monotonicNs();
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
