package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.StoreFigures;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.threads.StorageThreads;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills a store with random keys of 16 bytes, overwrites them all in another order, and reads. It prints how often each
 * byte was written. Run it by hand: {@code directory keys valueBytes}.
 */
final class FillBenchmark {
    private static final int IN_FLIGHT = 256;
    private static final int READS = 200_000;
    private static final long SETTLED_NS = 2_000_000_000L;

    private final Random random = new Random(1);
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private long versions;

    public static void main(String[] arguments) throws Exception {
        FillBenchmark benchmark = new FillBenchmark();
        try (DataDirectory directory = DataDirectory.create(new RealDisk(Path.of(arguments[0])));
                StorageThreads threads = StorageThreads.start("fill")) {
            Store.create(directory);
            try (Store store = Store.open(directory, StoreOptions.DEFAULTS, threads.forStore(), failure -> {
                throw failure;
            })) {
                benchmark.run(store, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            }
        }
    }

    private void run(Store store, int keys, int valueBytes) throws Exception {
        write("fill", store, keys, valueBytes, 7_368_787);
        read(store, keys);
        write("overwrite", store, keys, valueBytes, 15_485_863);
        read(store, keys);
    }

    /** Every key once, in the order that a prime multiplier gives. */
    private void write(String name, Store store, int keys, int valueBytes, long multiplier) throws Exception {
        StoreFigures before = store.statistics().figures();
        long start = SystemClock.INSTANCE.monotonicNs();
        for (int i = 0; i < keys; i++) {
            byte[] value = new byte[valueBytes];
            random.nextBytes(value);
            room.acquire();
            long place = Math.floorMod(i * multiplier, (long) keys);
            put(store, Key.of(String.format("%016d", place)), value);
        }
        room.acquire(IN_FLIGHT);
        room.release(IN_FLIGHT);
        say("%s: %.0f writes a second", name, keys / ((SystemClock.INSTANCE.monotonicNs() - start) / 1e9));
        awaitQuiet(store);
        StoreFigures after = store.statistics().figures();
        double user = after.writes().userBytes() - before.writes().userBytes();
        say(
                "  of each byte: log %.2f, flush %.2f, merges %.2f; %d tables, %d delays, %d ms, %d stalls",
                (after.log().bytes() - before.log().bytes()) / user,
                (after.memtables().flushedBytes() - before.memtables().flushedBytes()) / user,
                (after.compaction().writtenBytes() - before.compaction().writtenBytes()) / user,
                after.tables().count(),
                after.pauses().delays() - before.pauses().delays(),
                after.pauses().delayedMs() - before.pauses().delayedMs(),
                after.pauses().stalls() - before.pauses().stalls());
        say("  %s", after.compaction());
    }

    private static void awaitQuiet(Store store) {
        long quietSince = SystemClock.INSTANCE.monotonicNs();
        while (SystemClock.INSTANCE.monotonicNs() - quietSince < SETTLED_NS) {
            StoreFigures now = store.statistics().figures();
            if (now.memtables().frozen() > 0 || now.compaction().runningMerges() > 0) {
                quietSince = SystemClock.INSTANCE.monotonicNs();
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void put(Store store, Key key, byte[] value) {
        Version version = new Version(++versions, 1, versions, 0);
        store.put(
                key,
                new Record(version, Value.of(value, Value.DEFAULT_CONTENT_TYPE)),
                new RequiredCompletion(() -> room.release()));
    }

    private void read(Store store, int keys) {
        StoreFigures before = store.statistics().figures();
        for (int i = 0; i < READS; i++) {
            store.get(Key.of(String.format("%016d", random.nextInt(keys))));
        }
        StoreFigures after = store.statistics().figures();
        say(
                "  reads: %.3f tables looked into for each",
                (after.reads().tablesRead() - before.reads().tablesRead()) / (double) READS);
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(format, arguments));
    }
}
