package io.quorate.node.convergence.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever way a key is read, what is found is what a single read finds. */
class SortedReadsTest {
    private static final int KEYS = 1_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CrashDisk disk = new CrashDisk();
    private Store store;

    /** Most records are in a table, and some later ones in memory. */
    @BeforeEach
    void write() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        open();
        IntStream.range(0, KEYS).forEach(i -> write(key(i), new Record(version(i, 0), Value.of("v" + i))));
        reopen();
        reopen(); // The first start writes the table.
        IntStream.range(0, KEYS).filter(i -> i % 3 == 0).forEach(i -> write(key(i), later(i)));
        runAll();
    }

    private void open() throws IOException {
        store = Store.open(
                DataDirectory.open(disk),
                StoreOptions.DEFAULTS.withBallastBytes(0),
                new StoreThreads(
                        tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE),
                failure -> {});
    }

    private void reopen() throws IOException {
        runAll();
        disk.killProcess();
        open();
    }

    private void write(Key key, Record record) {
        store.write(List.of(new Write(Keyspace.DATA, key, record)), new RequiredCompletion(() -> {}));
    }

    private static Version version(int number, int step) {
        return new Version(5 + number + step, 1, 1, 0);
    }

    /** A newer value, a tombstone, or one that was forgotten. */
    private static Record later(int number) {
        Record tombstone = new Record(version(number, 1), Tombstone.TOMBSTONE);
        return switch (number % 9) {
            case 0 -> new Record(version(number, 1), Value.of("newer"));
            case 3 -> tombstone;
            default -> tombstone.forgotten(Forgotten.NO_ROUND);
        };
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static Key key(int number) {
        return Key.of("k%06d".formatted(2 * number));
    }

    private static Key absent(int number) {
        return Key.of("k%06d".formatted(2 * number + 1));
    }

    private void reads(List<Key> keys) {
        try (SortedReads reads = new SortedReads(store)) {
            for (Key key : keys) {
                assertEquals(store.get(key), reads.get(key), key::toString);
            }
        }
    }

    @Test
    void keysThatLieCloseTogether() {
        reads(IntStream.range(10, 400).mapToObj(SortedReadsTest::key).toList());
    }

    @Test
    void absentKeysBetweenOthersAndBehindAll() {
        reads(IntStream.range(KEYS - 50, KEYS + 50)
                .boxed()
                .flatMap(i -> List.of(key(i), absent(i)).stream())
                .toList());
    }

    @Test
    void keysThatAreFarApart() {
        reads(IntStream.range(0, 10).mapToObj(i -> key(100 * i)).toList());
    }

    @Test
    void sameKeysAndKeysOutOfOrder() {
        reads(List.of(key(5), key(5), key(9), key(7), absent(2), key(10), key(2_000), key(0), key(11)));
    }

    /** It is the same damage for a single read, a block sooner or later. */
    @Test
    void damageIsPassedOnAndNoScanIsLeftOpen() throws IOException {
        String table = disk.list().stream()
                .filter(name -> name.startsWith("table-"))
                .findFirst()
                .orElseThrow();
        reopen();
        runAll();
        disk.rot(table, 40, 3);
        try (SortedReads reads = new SortedReads(store)) {
            assertThrows(CorruptException.class, () -> reads.get(key(1)));
        }
        assertEquals(0, store.statistics().figures().reads().openScans());
    }

    @Test
    void aScanThatGivesUpIsClosedAtOnce() {
        try (SortedReads reads = new SortedReads(store)) {
            reads.get(key(1));
            assertEquals(1, store.statistics().figures().reads().openScans());
            reads.get(key(KEYS - 1));
            assertEquals(0, store.statistics().figures().reads().openScans());
        }
        assertEquals(0, store.statistics().figures().reads().openScans());
    }
}
