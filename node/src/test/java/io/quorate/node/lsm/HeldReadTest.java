package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.ObservedDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A read waits for the disk. Meanwhile the store writes, flushes and merges, so that every table of the read is gone.
 */
class HeldReadTest {
    private static final Key KEY = Key.of("key-3");

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private Store store;
    private long version;
    private boolean armed;
    private List<String> before;

    @BeforeEach
    void aStoreWithTables() throws IOException {
        Disk observed = ObservedDisk.of(disk, this::holdReadOfATable);
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        store = Store.open(DataDirectory.open(observed), CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
        work(60);
        before = tables();
    }

    private List<String> tables() throws IOException {
        return disk.list().stream().filter(name -> name.startsWith("table-")).toList();
    }

    private void work(int writes) {
        for (int i = 0; i < writes; i++) {
            Key key = Key.of("key-" + version % 17);
            Record record = new Record(new Version(++version, 1, version, 0), Value.of("v".repeat(60) + version));
            store.put(key, record, new RecordedCompletion());
            threads.runAll();
        }
    }

    private void holdReadOfATable(String call, String file) {
        if (armed && call.startsWith("read") && file.startsWith("table-")) {
            armed = false;
            work(120);
        }
    }

    private void requireThatAllTablesHaveGone() throws IOException {
        assertFalse(armed, "no table was read");
        List<String> now = tables();
        assertTrue(before.stream().noneMatch(now::contains), before + " before, and now " + now);
    }

    @Test
    void aGetEndsInTheTablesThatItBeganWith() throws IOException {
        Record expected = store.get(KEY);
        armed = true;
        assertEquals(expected, store.get(KEY));
        requireThatAllTablesHaveGone();
        assertTrue(store.get(KEY).isNewerThan(expected));
    }

    @Test
    void aScanEndsInTheTablesThatItBeganWith() throws IOException {
        int keys = 0;
        try (RecordIterator scan = store.scan()) {
            armed = true;
            for (; scan.advance(); keys++) {
                assertTrue(scan.record().version().timestamp() <= 60, scan.record()::toString);
            }
        }
        requireThatAllTablesHaveGone();
        assertEquals(17, keys);
    }

    @Test
    void aCheckpointCopiesTheTablesThatItBeganWith() throws IOException {
        CrashDisk target = new CrashDisk();
        armed = true;
        store.checkpoint(ObservedDisk.of(target, (call, file) -> {}));
        requireThatAllTablesHaveGone();
        SeededThreads own = new SeededThreads(new Random(1));
        Store copy = Store.open(DataDirectory.open(target), CrashedStore.TINY, own.forStore(), failure -> {
            throw failure;
        });
        assertEquals(60, newest(copy));
        assertEquals(180, newest(store));
    }

    private static long newest(Store store) {
        long newest = 0;
        try (RecordIterator scan = store.scan()) {
            while (scan.advance()) {
                newest = Math.max(newest, scan.record().version().timestamp());
            }
        }
        return newest;
    }
}
