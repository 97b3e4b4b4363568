package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rot in a filter that no read needs, since memory has it. A scan that looks for damage finds it. */
class FilterRotTest {
    private static final int KEYS = 100;

    /** From the middle of the filter on: the head, the index, the properties and the footer. */
    private static final int BYTES_BEHIND = 270;

    private final CrashDisk disk = new CrashDisk();
    private final List<StoreException> failures = new ArrayList<>();
    private SeededThreads threads;
    private Store store;

    private static Key key(int i) {
        return Key.of(String.format("key-%03d", i));
    }

    private void open() throws IOException {
        threads = new SeededThreads(new Random(1));
        store = Store.open(DataDirectory.open(disk), StoreOptions.DEFAULTS, threads.forStore(), failures::add);
        threads.runAll();
    }

    /** The restart writes the table. */
    private void aStoreWithOneTable() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        open();
        for (int i = 0; i < KEYS; i++) {
            store.put(key(i), new Record(new Version(i + 1, 1, i, 0), Value.of("v")), new RecordedCompletion());
        }
        threads.runAll();
        restart();
        restart();
        assertEquals(1, store.statistics().figures().tables().count());
    }

    private void restart() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        disk.killProcess();
        open();
    }

    private int scan(KeyRange range) {
        int found = 0;
        try (RecordIterator all = store.scanPastCache(Keyspace.DATA, range)) {
            while (all.advance()) {
                found++;
            }
        }
        return found;
    }

    @Test
    void aScanThatLooksForDamageFindsItWhereTheTableBegins() throws IOException {
        aStoreWithOneTable();
        String table = disk.list().stream()
                .filter(name -> name.startsWith("table-"))
                .findFirst()
                .orElseThrow();
        disk.rot(table, disk.read(table).length - BYTES_BEHIND, 0);
        for (int i = 0; i < KEYS; i++) {
            assertEquals(i + 1, store.get(key(i)).version().timestamp(), "the filter in memory is whole");
        }
        assertEquals(KEYS - 1, scan(KeyRange.from(key(1))), "the table does not begin in this range");
        CorruptException damage = assertThrows(CorruptException.class, () -> scan(KeyRange.ALL));
        assertTrue(damage.getMessage().contains(table), damage::getMessage);
        assertThrows(CorruptException.class, () -> scan(KeyRange.from(key(0))));
        assertEquals(List.of(), failures);
    }
}
