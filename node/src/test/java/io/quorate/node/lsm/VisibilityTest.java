package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing is shown before it is durable (I6), as a reader sees it at the worst moment: while the disk forces. To fill a
 * group and to force it is one task of the log thread, so a test between two tasks never sees the state between them.
 */
class VisibilityTest {
    private static final int WRITES = 120;
    private static final int KEYS = 9;

    private final CrashDisk disk = new CrashDisk();
    private final Map<Key, Record> acknowledged = new TreeMap<>();
    private SeededThreads threads;
    private Store store;
    private Map<Key, Record> durable = Map.of();
    private int forces;

    /** The ways to read a store. */
    private enum Way {
        GET {
            @Override
            Map<Key, Record> read(Store store) {
                Map<Key, Record> found = new TreeMap<>();
                for (int i = 0; i < KEYS; i++) {
                    found.put(key(i), store.get(key(i)));
                }
                return found;
            }
        },
        GET_FROM_MEMORY {
            @Override
            Map<Key, Record> read(Store store) {
                Map<Key, Record> found = new TreeMap<>();
                for (int i = 0; i < KEYS; i++) {
                    Key key = key(i);
                    store.getFromMemory(key).ifPresent(record -> found.put(key, record));
                }
                return found;
            }
        },
        SCAN_UP {
            @Override
            Map<Key, Record> read(Store store) {
                return scan(store, Direction.ASCENDING);
            }
        },
        SCAN_DOWN {
            @Override
            Map<Key, Record> read(Store store) {
                return scan(store, Direction.DESCENDING);
            }
        },
        CHECKPOINT {
            @Override
            Map<Key, Record> read(Store store) {
                CrashDisk target = new CrashDisk();
                store.checkpoint(target);
                return contents(target);
            }
        };

        abstract Map<Key, Record> read(Store store);
    }

    private static Key key(int number) {
        return Key.of("key-" + number);
    }

    private static Map<Key, Record> scan(Store store, Direction direction) {
        Map<Key, Record> found = new TreeMap<>();
        try (RecordIterator scan = store.scan(KeyRange.ALL, direction)) {
            while (scan.advance()) {
                found.put(scan.key(), scan.record());
            }
        }
        return found;
    }

    /** What a start would find. */
    private static Map<Key, Record> contents(CrashDisk disk) {
        SeededThreads own = new SeededThreads(new Random(1));
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Store recovered = Store.open(directory, CrashedStore.TINY, own.forStore(), failure -> {
                throw failure;
            });
            return scan(recovered, Direction.ASCENDING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(long seed) throws IOException {
        threads = new SeededThreads(new Random(seed));
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        store = Store.open(DataDirectory.open(disk), CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whileTheDiskForcesNoReaderSeesMoreThanIsDurable(long seed) throws IOException {
        open(seed);
        disk.watch(this::lookWhileForcing);
        Random random = new Random(seed);
        for (int i = 1; i <= WRITES; i++) {
            put(key(random.nextInt(KEYS)), i, random.nextInt(60));
            for (int steps = random.nextInt(4); steps > 0; steps--) {
                threads.runOne();
            }
        }
        threads.runAll();
        assertTrue(forces > WRITES / 4, forces + " forces");
        assertTrue(store.statistics().compaction().figures().merges() > 0, "no merge ran");
    }

    private void put(Key key, long version, int padding) {
        Record record = new Record(new Version(version, 1, version, 0), Value.of("v".repeat(padding) + version));
        store.put(key, record, new RecordedCompletion() {
            @Override
            public void applied() {
                super.applied();
                durable = contents(disk.copyOfDurable());
                requireDurable("acknowledged", Map.of(key, record));
                acknowledged.put(key, record);
            }
        });
    }

    private void lookWhileForcing(Operation operation) {
        if (operation.kind() != Kind.FORCE && operation.kind() != Kind.FORCE_DIRECTORY) {
            return;
        }
        forces++;
        durable = contents(disk.copyOfDurable());
        for (Way way : Way.values()) {
            Map<Key, Record> shown = way.read(store);
            requireDurable(way + " at " + operation, shown);
            if (way != Way.GET_FROM_MEMORY) {
                acknowledged.forEach((key, record) -> assertFalse(
                        record.isNewerThan(shown.getOrDefault(key, Record.NEVER_WRITTEN)),
                        () -> way + " at " + operation + " shows " + shown.get(key) + " after " + record));
            }
        }
    }

    private void requireDurable(String where, Map<Key, Record> shown) {
        shown.forEach((key, record) -> assertFalse(
                record.isNewerThan(durable.getOrDefault(key, Record.NEVER_WRITTEN)),
                () -> where + ": " + key + " is " + record + ", durable is " + durable.get(key)));
    }

    @Test
    void aWriteIsSeenAndAcknowledgedOnlyAfterItsForce() throws IOException {
        open(1);
        Key key = key(1);
        RecordedCompletion told = new RecordedCompletion();
        disk.watch(operation -> {
            if (operation.kind() == Kind.FORCE) {
                forces++;
                assertEquals(Record.NEVER_WRITTEN, store.get(key));
                assertEquals(Outcome.NONE_YET, told.outcome());
            }
        });
        store.put(key, new Record(new Version(1, 1, 1, 0), Value.of("v")), told);
        threads.runLogOnly();
        assertEquals(1, forces);
        assertEquals(Outcome.APPLIED, told.outcome());
        assertTrue(store.get(key).isNewerThan(Record.NEVER_WRITTEN));
    }
}
