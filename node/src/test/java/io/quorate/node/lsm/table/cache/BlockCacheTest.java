package io.quorate.node.lsm.table.cache;

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
import io.quorate.node.lsm.table.block.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        return table(1, compression, cache);
    }

    private Table table(long number, Compression compression, BlockCache cache) throws IOException {
        TableWriter writer =
                TableWriter.create(disk, number, new TableOptions(BLOCK_BYTES, compression, TableCause.FLUSH, 0));
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

    // ---- admission ----

    /** A key of each fifth block or so. */
    private static void getEachOnce(Table table, int from, int to) throws IOException {
        for (int i = from; i < to; i += 50) {
            assertEquals(record(i), table.get(key(i)));
        }
    }

    private static int inMemory(Table table, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i += 50) {
            count += table.getFromMemory(key(i)).isPresent() ? 1 : 0;
        }
        return count;
    }

    private static void fill(Table table) throws IOException {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1_000; i++) {
                table.get(key(i));
            }
        }
    }

    @Test
    void aBlockThatWasNotReadLatelyIsNotAdmittedAndPushesNothingOut() throws IOException {
        BlockCache cache = new BlockCache(50_000);
        Table table = table(Compression.LZ4, cache);
        fill(table);
        int before = inMemory(table, 0, 1_000);
        long evictions = cache.statistics().evictions();
        getEachOnce(table, 2_000, 2_200);
        assertEquals(0, inMemory(table, 2_000, 2_200));
        assertEquals(before, inMemory(table, 0, 1_000));
        long pushedOut = cache.statistics().evictions() - evictions;
        assertTrue(pushedOut <= 1, pushedOut + " blocks were pushed out, and one part of the index was read twice");
    }

    @Test
    void aBlockThatIsReadAgainSoonIsAdmittedAndLaterItIsNot() throws IOException {
        Table table = table(Compression.LZ4, new BlockCache(50_000));
        fill(table);
        getEachOnce(table, 2_000, 2_400);
        getEachOnce(table, 2_000, 2_400);
        int soon = inMemory(table, 2_000, 2_400);
        getEachOnce(table, 1_000, 2_000);
        getEachOnce(table, 3_000, ENTRIES);
        getEachOnce(table, 1_000, 2_000);
        int late = inMemory(table, 1_000, 2_000);
        assertTrue(soon == 8 && late <= 2, soon + " of 8 blocks were kept soon, and " + late + " of 20 late");
    }

    @Test
    void theBlocksOfATableThatNobodyReadsGiveWay() throws IOException {
        BlockCache cache = new BlockCache(50_000);
        Table old = table(Compression.LZ4, cache);
        fill(old);
        long evictions = cache.statistics().evictions();
        old.release();
        Table table = table(2, Compression.LZ4, cache);
        getEachOnce(table, 0, 500);
        assertEquals(10, inMemory(table, 0, 500));
        assertEquals(evictions, cache.statistics().evictions());
    }

    @Test
    void aBlockThatTakesMostOfTheCacheIsNotKept() throws IOException {
        BlockCache cache = new BlockCache(3_000);
        Table table = table(Compression.LZ4, cache);
        for (int round = 0; round < 3; round++) {
            assertEquals(record(7), table.get(key(7)));
        }
        assertEquals(Optional.empty(), table.getFromMemory(key(7)));
    }

    // ---- memory that is used again ----

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aScanKeepsItsBlockWhileItsThreadReadsOthers(Direction direction) throws IOException {
        Table table = table(Compression.LZ4, new BlockCache(0));
        EntryCursor scan = table.cursor(KeyRange.ALL, direction);
        EntryCursor other = table.cursor(KeyRange.from(key(100)), Direction.ASCENDING);
        EntryCursor merge = table.cursor();
        for (int i = 0; i < ENTRIES; i++) {
            int at = direction == Direction.ASCENDING ? i : ENTRIES - 1 - i;
            assertTrue(scan.advance());
            table.get(key(i * 7_919 % ENTRIES));
            assertEquals(i < ENTRIES - 100, other.advance());
            assertTrue(merge.advance());
            assertEquals(key(at), scan.key());
            assertEquals(record(at), scan.record());
            assertEquals(record(i), merge.record());
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aBlockInTheCacheKeepsItsBytesWhileOthersAreRead(Compression compression) throws IOException {
        Table table = table(compression, new BlockCache(50_000));
        fill(table);
        for (int i = 0; i < ENTRIES; i++) {
            table.get(key(i * 7_919 % ENTRIES));
            int cached = i % 1_000;
            Optional<Record> found = table.getFromMemory(key(cached));
            assertTrue(found.isEmpty() || found.get().equals(record(cached)), () -> found + " of key " + cached);
        }
    }

    @Test
    void manyThreadsReadRightRecordsThroughATinyCache() throws Exception {
        Table table = table(Compression.LZ4, new BlockCache(20_000));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                readers.add(threads.submit(() -> readManyTimes(table, random)));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void readManyTimes(Table table, Random random) throws IOException {
        for (int round = 0; round < 300; round++) {
            int from = random.nextInt(ENTRIES - 30);
            EntryCursor scan = table.cursor(KeyRange.from(key(from)), Direction.ASCENDING);
            for (int i = 0; i < 30; i++) {
                int number = random.nextInt(ENTRIES / (1 + random.nextInt(20)));
                assertTrue(scan.advance());
                assertEquals(record(number), table.get(key(number)));
                assertEquals(record(from + i), scan.record());
            }
        }
        return null;
    }
}
