package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final int ENTRIES = 3_000;

    private final CrashDisk disk = new CrashDisk();
    private Table table;

    @BeforeEach
    void aTableOfEveryEvenKey() throws IOException {
        TableWriter writer = TableWriter.create(disk, 7, 512);
        for (int i = 0; i < ENTRIES; i++) {
            writer.add(key(2 * i), record(2 * i));
        }
        table = Table.open(disk, writer.finish(), new BlockCache(0));
    }

    private static Key key(int i) {
        return Key.of(String.format("some/common/prefix/%06d", i));
    }

    private static Record record(int i) {
        return new Record(new Version(100 + i, 1, i, 0), Value.of("value " + i));
    }

    private boolean mayContain(Key key) {
        return table.mayContain(key, Table.hashOf(key));
    }

    @Test
    void everyKeyIsFoundAndNoOther() throws IOException {
        for (int i = 0; i < ENTRIES; i++) {
            assertTrue(mayContain(key(2 * i)));
            assertEquals(record(2 * i), table.get(key(2 * i)));
            assertEquals(Record.NEVER_WRITTEN, table.get(key(2 * i + 1)));
        }
    }

    @Test
    void aboutOneAbsentKeyInAHundredPassesTheFilter() {
        int passed = 0;
        for (int i = 0; i < ENTRIES - 1; i++) {
            passed += mayContain(key(2 * i + 1)) ? 1 : 0;
        }
        assertTrue(passed < ENTRIES / 40, passed + " of " + ENTRIES);
    }

    @Test
    void itKnowsItsRanges() {
        TableProperties properties = table.properties();
        assertEquals(ENTRIES, properties.counts().entries());
        assertEquals(key(0), properties.firstKey());
        assertEquals(key(2 * ENTRIES - 2), properties.lastKey());
        assertEquals(record(0).version(), properties.versions().min());
        assertEquals(record(2 * ENTRIES - 2).version(), properties.versions().max());
    }

    @Test
    void keysMustAscend() throws IOException {
        TableWriter writer = TableWriter.create(disk, 8, 512);
        writer.add(key(1), record(1));
        assertThrows(IllegalArgumentException.class, () -> writer.add(key(1), record(2)));
    }

    @Test
    void theLastReferenceClosesTheFile() throws IOException {
        table.acquire();
        table.release();
        assertEquals(1, disk.openFiles());
        table.release();
        assertEquals(0, disk.openFiles());
        assertThrows(IllegalStateException.class, table::acquire);
    }
}
