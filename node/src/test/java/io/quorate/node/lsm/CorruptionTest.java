package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.disk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.Reason;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Durable bytes that change, end early or vanish: an error, or no difference; never another answer. */
class CorruptionTest {
    private CrashDisk healthy;
    private Map<Key, Record> contents;

    @BeforeEach
    void aStoreWithTablesAndALogThatWasClosed() throws IOException {
        CrashedStore made = new CrashedStore(5);
        made.open();
        made.work(50);
        made.close();
        made.disk.killProcess();
        healthy = made.disk.copy();
        contents = read(healthy.copy());
        assertTrue(healthy.list().stream().anyMatch(name -> name.startsWith("table-")));
    }

    @Test
    void everyFlippedBitIsAnErrorOrMakesNoDifference() throws IOException {
        int errors = 0;
        for (String name : healthy.list()) {
            int size = healthy.read(name).length;
            for (int offset = 0; offset < size; offset++) {
                CrashDisk rotten = healthy.copy();
                rotten.rot(name, offset, offset % 8);
                errors += isRefused(rotten, name + " at " + offset) ? 1 : 0;
            }
        }
        assertTrue(errors > 1_000, errors + " flips were noticed");
    }

    @Test
    void everyTruncationIsAnErrorOrMakesNoDifference() throws IOException {
        for (String name : healthy.list()) {
            for (int size = healthy.read(name).length - 1; size >= 0; size--) {
                if (isTheEndOfTheLog(name)) {
                    continue;
                }
                CrashDisk cut = healthy.copy();
                cut.truncate(name, size);
                isRefused(cut, name + " cut at " + size);
            }
        }
    }

    /** A last segment that is cut off between two groups looks like one that never went on. */
    private boolean isTheEndOfTheLog(String name) throws IOException {
        String last = healthy.list().stream()
                .filter(each -> each.startsWith("log-"))
                .reduce((first, second) -> second)
                .orElseThrow();
        return name.equals(last);
    }

    @Test
    void everyLostFileIsAnErrorOrMakesNoDifference() throws IOException {
        for (String name : healthy.list()) {
            CrashDisk less = healthy.copy();
            less.lose(name);
            boolean refused = isRefused(less, "without " + name);
            assertTrue(refused || name.equals(DataDirectory.LOCK_NAME) || name.startsWith("log-"), name);
        }
    }

    @Test
    void everyFlippedBitInASegmentThatHasASuccessorIsAnErrorOrMakesNoDifference() throws IOException {
        healthy = aKilledStoreWithSeveralSegments();
        contents = read(healthy.copy());
        List<String> logs =
                healthy.list().stream().filter(name -> name.startsWith("log-")).toList();
        assertTrue(logs.size() > 2, logs::toString);
        for (String name : logs.subList(0, logs.size() - 1)) {
            for (int offset = 0; offset < healthy.read(name).length; offset++) {
                CrashDisk rotten = healthy.copy();
                rotten.rot(name, offset, offset % 8);
                isRefused(rotten, name + " at " + offset);
            }
        }
    }

    private static CrashDisk aKilledStoreWithSeveralSegments() throws IOException {
        CrashDisk disk = new CrashDisk();
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        SeededThreads threads = new SeededThreads(new Random(1));
        Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
        for (int i = 1; i <= 9; i++) {
            store.put(Key.of("key-" + i), new Record(new Version(i, 1, i, 0), Value.of("x".repeat(400))), new Told());
        }
        threads.runLogOnly();
        disk.killProcess();
        return disk;
    }

    @Test
    void aMissingStoreIsNotTakenForAnEmptyOne() {
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> read(new CrashDisk()));
        assertEquals(Reason.MISSING, e.reason());
    }

    @Test
    void anErrorNamesTheFileAndTheOffset() throws IOException {
        String table = healthy.list().stream()
                .filter(name -> name.startsWith("table-"))
                .findFirst()
                .orElseThrow();
        healthy.truncate(table, 100);
        CorruptException e = assertThrows(CorruptException.class, () -> read(healthy));
        assertTrue(e.getMessage().contains(table + " is corrupt at offset 100"), e::getMessage);
    }

    private boolean isRefused(CrashDisk disk, String what) throws IOException {
        try {
            assertEquals(contents, read(disk), what);
            return false;
        } catch (StoreException e) {
            return true;
        } catch (RuntimeException | IOException e) {
            return fail(what + " gives " + e, e);
        }
    }

    private static Map<Key, Record> read(CrashDisk disk) throws IOException {
        SeededThreads threads = new SeededThreads(new Random(1));
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
            Map<Key, Record> found = new TreeMap<>();
            try (RecordIterator all = store.scan()) {
                while (all.advance()) {
                    found.put(all.key(), all.record());
                }
            }
            return found;
        }
    }
}
