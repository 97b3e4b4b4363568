package io.quorate.node.lsm.table.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.TableWriter;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockCacheTest {
    private static final int ENTRIES = 4_000;
    private static final int BLOCK_BYTES = 1_024;

    private final CrashDisk disk = new CrashDisk();

    private static Key key(int i) {
        return Key.of(String.format("%06d", i));
    }

    private static Record record(int i) {
        return new Record(new Version(1, 1, i, 0), Value.of("same ".repeat(20) + i));
    }

    private Table table(Compression compression, BlockCache cache) throws IOException {
        TableWriter writer =
                TableWriter.create(disk, 1, new TableOptions(BLOCK_BYTES, compression, TableCause.FLUSH, 0));
        for (int i = 0; i < ENTRIES; i++) {
            writer.add(key(i), record(i));
        }
        return Table.open(disk, writer.finish(), cache);
    }

    private static int scan(Table table, KeyRange range, Direction direction) throws IOException {
        EntryCursor cursor = table.cursor(range, direction);
        int count = 0;
        while (cursor.advance()) {
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatWasReadIsInMemoryAndCountedAsLongAsItIsThere(Compression compression) throws IOException {
        BlockCache cache = new BlockCache(1 << 20);
        Table table = table(compression, cache);
        assertEquals(Optional.empty(), table.getFromMemory(key(500)));
        assertEquals(0, cache.bytes());
        assertEquals(record(500), table.get(key(500)));
        assertTrue(cache.bytes() > 2 * BLOCK_BYTES, cache.bytes() + " bytes for a block and a part of the index");
        assertEquals(Optional.of(record(500)), table.getFromMemory(key(500)));
    }

    @Test
    void whatIsInMemoryIsNotReadAgain() throws IOException {
        Table table = table(Compression.LZ4, new BlockCache(1 << 20));
        table.get(key(0));
        disk.rot(FileName.table(1).toString(), FileHeader.BYTES + 10, 3);
        assertEquals(record(0), table.get(key(0)));
        assertEquals(Optional.of(record(0)), table.getFromMemory(key(0)));
        assertThrows(CorruptException.class, () -> scanPastTheCache(table));
    }

    private static void scanPastTheCache(Table table) throws IOException {
        EntryCursor cursor = table.cursor();
        while (cursor.advance()) {}
    }

    @Test
    void thereIsNeverMoreInMemoryThanAllowed() throws IOException {
        BlockCache cache = new BlockCache(50_000);
        Table table = table(Compression.LZ4, cache);
        for (int i = 0; i < ENTRIES; i++) {
            table.get(key(i));
        }
        assertTrue(cache.bytes() > 40_000 && cache.bytes() <= 50_000, cache.bytes() + " bytes");
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aLongScanLeavesAlmostNothingAndAShortOneWhatItRead(Direction direction) throws IOException {
        BlockCache cache = new BlockCache(1 << 20);
        Table table = table(Compression.LZ4, cache);
        KeyRange few = new KeyRange(Optional.of(key(200)), Optional.of(key(210)));
        assertEquals(10, scan(table, few, direction));
        assertEquals(Optional.of(record(205)), table.getFromMemory(key(205)));
        assertEquals(ENTRIES, scan(table, KeyRange.ALL, direction));
        assertTrue(cache.bytes() < 15 * BLOCK_BYTES, cache.bytes() + " bytes");
    }

    @Test
    void aCompactionLeavesNothing() throws IOException {
        BlockCache cache = new BlockCache(1 << 20);
        scanPastTheCache(table(Compression.LZ4, cache));
        assertEquals(0, cache.bytes());
    }

    @Test
    void whatIsReadOftenStaysWhileEverythingIsReadOnce() throws IOException {
        Table table = table(Compression.LZ4, new BlockCache(50_000));
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 100; i += 10) {
                table.get(key(i));
            }
        }
        for (int i = 1_000; i < ENTRIES; i++) {
            table.get(key(i));
            if (i % 50 == 0) {
                table.get(key(50));
            }
        }
        assertEquals(Optional.of(record(50)), table.getFromMemory(key(50)));
    }
}
