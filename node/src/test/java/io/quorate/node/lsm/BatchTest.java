package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.view.RecordIterator;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches across keyspaces: all of one or nothing, after any crash and in any scan. */
class BatchTest {
    private static final Key KEY = Key.of("key");
    private static final int BATCHES = 5;
    private static final int CONCURRENT_BATCHES = 3_000;
    private static final StoreOptions SMALL = StoreOptions.DEFAULTS.withMemtableBytes(64 << 10);

    private final CrashDisk disk = new CrashDisk();
    private SeededThreads threads = new SeededThreads(new Random(1));
    private final List<RecordedCompletion> told = new ArrayList<>();

    private Store open() throws IOException {
        if (disk.list().isEmpty()) {
            try (DataDirectory directory = DataDirectory.create(disk)) {
                Store.create(directory);
            }
        }
        return Store.open(DataDirectory.open(disk), CrashedStore.TINY, threads.forStore(), failure -> {});
    }

    private static Record value(long version, int bytes) {
        return new Record(new Version(version, 1, version, 0), Value.of("x".repeat(bytes)));
    }

    private RecordedCompletion write(Store store, List<Write> batch) {
        RecordedCompletion outcome = new RecordedCompletion();
        store.write(batch, outcome);
        return outcome;
    }

    @Test
    void eachKeyspaceIsAMapOfItsOwn() throws IOException {
        Store store = open();
        Key longest = Key.of(new byte[Key.BYTES_MAX]);
        for (Keyspace keyspace : Keyspace.values()) {
            write(
                    store,
                    List.of(
                            new Write(keyspace, KEY, value(10 + keyspace.ordinal(), 3)),
                            new Write(keyspace, longest, value(20 + keyspace.ordinal(), 3))));
        }
        threads.runAll();
        store.shutdown(() -> {});
        threads.runAll();
        disk.killProcess();
        store = open();
        for (Keyspace keyspace : Keyspace.values()) {
            assertEquals(value(10 + keyspace.ordinal(), 3), store.get(keyspace, KEY));
            assertEquals(List.of(longest, KEY), keys(store, keyspace, Direction.ASCENDING));
            assertEquals(List.of(KEY, longest), keys(store, keyspace, Direction.DESCENDING));
        }
    }

    private static List<Key> keys(Store store, Keyspace keyspace, Direction direction) {
        List<Key> keys = new ArrayList<>();
        try (RecordIterator scan = store.scan(keyspace, KeyRange.ALL, direction)) {
            while (scan.advance()) {
                keys.add(scan.key());
            }
        }
        return keys;
    }

    @Test
    void aBatchIsRefusedAsAWhole() throws IOException {
        Store store = open();
        RecordedCompletion refused = write(
                store,
                List.of(
                        new Write(Keyspace.DATA, KEY, value(1, 3)),
                        new Write(
                                Keyspace.META,
                                KEY,
                                value(1, CrashedStore.TINY.writes().valueBytesMax() + 1))));
        threads.runAll();
        assertEquals(Outcome.REFUSED, refused.outcome());
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        assertThrows(IllegalArgumentException.class, () -> store.write(List.of(), new RecordedCompletion()));
    }

    @Test
    void aBatchThatCouldNeverBeQueuedSaysSo() throws IOException {
        Store store = open();
        List<Write> batch = Stream.generate(() -> new Write(Keyspace.DATA, KEY, value(1, 1_000)))
                .limit(1_000)
                .toList();
        RecordedCompletion refused = write(store, batch);
        assertEquals(Outcome.REFUSED, refused.outcome());
        assertTrue(refused.message().contains("make smaller batches"), refused::message);
        assertEquals(0, store.statistics().figures().writes().queuedBytes());
    }

    @Test
    void aScanBesideWritersSeesNoHalfBatch() throws Exception {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        try (StorageThreads real = StorageThreads.start("test");
                Store store = Store.open(DataDirectory.open(disk), SMALL, real.forStore(), failure -> {})) {
            CountDownLatch left = new CountDownLatch(CONCURRENT_BATCHES);
            for (int batch = 1; batch <= CONCURRENT_BATCHES; batch++) {
                store.write(batch(batch, new Random(batch)), new RecordedCompletion() {
                    @Override
                    public void applied() {
                        left.countDown();
                    }
                });
            }
            int scans = 0;
            for (; left.getCount() > 0; scans++) {
                onlyVersion(store, "scan " + scans, Keyspace.DATA);
            }
            assertTrue(scans > 0);
            assertEquals(CONCURRENT_BATCHES, onlyVersion(store, "the last scan", Keyspace.values()));
        }
    }

    /** Each batch writes its number to a number of keys in all keyspaces, so that half a batch shows as two numbers. */
    @ParameterizedTest
    @EnumSource(Survivors.class)
    void noCrashLeavesHalfABatch(Survivors survivors) throws IOException {
        boolean over = false;
        for (long crashAt = 0; !over; crashAt++) {
            BatchTest attempt = new BatchTest();
            over = attempt.crashAndLook(survivors, crashAt);
        }
    }

    private boolean crashAndLook(Survivors survivors, long crashAt) throws IOException {
        Random random = new Random(crashAt);
        threads = new SeededThreads(random);
        open().shutdown(() -> {});
        threads.runAll();
        disk.losePower(Survivors.EVERYTHING, random);
        disk.crashAt(crashAt);
        long acknowledged = workUntilCrash(random);
        boolean over = !disk.isCrashed();
        disk.losePower(survivors, random);
        threads = new SeededThreads(random);
        long found = onlyVersion(open(), survivors + ", crash at " + crashAt, Keyspace.values());
        assertTrue(
                found >= acknowledged,
                survivors + ", crash at " + crashAt + ": batch " + acknowledged
                        + " was acknowledged and the last one is " + found);
        return over;
    }

    private long workUntilCrash(Random random) {
        try {
            Store store = open();
            for (int batch = 1; batch <= BATCHES && !disk.isCrashed(); batch++) {
                told.add(write(store, batch(batch, random)));
                for (int steps = random.nextInt(3); steps > 0; steps--) {
                    threads.runOne();
                    if (random.nextInt(4) == 0 && !disk.isCrashed()) {
                        onlyVersion(store, "crash at " + disk.operations(), Keyspace.values());
                    }
                }
            }
            threads.runAll();
        } catch (IOException e) {
            assertTrue(disk.isCrashed(), e::toString);
        }
        return told.stream().filter(each -> each.outcome() == Outcome.APPLIED).count();
    }

    private static List<Write> batch(int number, Random random) {
        List<Write> batch = new ArrayList<>();
        for (Keyspace keyspace : Keyspace.values()) {
            batch.add(new Write(keyspace, KEY, value(number, random.nextInt(150))));
            batch.add(new Write(keyspace, Key.of("other"), value(number, random.nextInt(20))));
        }
        return batch;
    }

    /** The number that all keys in these keyspaces have, or 0 if there are none. */
    private static long onlyVersion(Store store, String what, Keyspace... keyspaces) {
        Set<Long> numbers = new TreeSet<>();
        int keys = 0;
        for (Keyspace keyspace : keyspaces) {
            try (RecordIterator scan = store.scan(keyspace, KeyRange.ALL, Direction.DESCENDING)) {
                for (; scan.advance(); keys++) {
                    numbers.add(scan.record().version().timestamp());
                }
            }
        }
        boolean whole = numbers.isEmpty() || numbers.size() == 1 && keys == 2 * keyspaces.length;
        assertTrue(whole, what + ": batches " + numbers + ", " + keys + " keys");
        return numbers.stream().findFirst().orElse(0L);
    }
}
