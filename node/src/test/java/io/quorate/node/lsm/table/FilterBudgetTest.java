package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Filters never take more memory than they may, and a table whose filter finds no room answers the same. */
class FilterBudgetTest {
    private static final int ENTRIES = 100;

    /** 100 entries of 10 bits each, in lines of 64 bytes. */
    private static final long FILTER_BYTES = 2 * 64;

    private final CrashDisk disk = new CrashDisk();
    private long number;

    private TableFile write() throws IOException {
        TableWriter writer = TableWriter.create(disk, ++number, 512);
        for (int i = 0; i < ENTRIES; i++) {
            writer.add(key(2 * i), record(2 * i));
        }
        return writer.finish();
    }

    private static Key key(int i) {
        return Key.of(String.format("key-%03d", i));
    }

    private static Record record(int i) {
        return new Record(new Version(i + 1, 1, i, 0), Value.of("value " + i));
    }

    private Table open(FilterBudget budget, int level) throws IOException {
        return Table.open(disk, write(), new BlockCache(0), budget, level);
    }

    private static boolean mayContain(Table table, Key key) {
        return table.mayContain(key, Table.hashOf(key));
    }

    private static void assertHolds(FilterBudget budget, long filters, long tablesWithout) {
        assertEquals(new FilterStatistics(filters * FILTER_BYTES, tablesWithout), budget.statistics());
    }

    @Test
    void aTableThatFindsNoRoomAnswersTheSameWithItsFilterOnDisk() throws IOException {
        FilterBudget budget = new FilterBudget(FILTER_BYTES);
        Table with = open(budget, 0);
        Table without = open(budget, 0);
        assertHolds(budget, 1, 1);
        int passed = 0;
        for (int i = 0; i < ENTRIES - 1; i++) {
            assertTrue(mayContain(without, key(2 * i)));
            assertTrue(mayContain(without, key(2 * i + 1)), "its filter is not in memory");
            passed += mayContain(with, key(2 * i + 1)) ? 1 : 0;
            assertEquals(with.get(key(i)), without.get(key(i)));
        }
        assertTrue(passed < ENTRIES / 10, passed + " absent keys passed the filter");
        assertFalse(mayContain(without, Key.of("a")), "the range of the keys still counts");
    }

    @Test
    void aTableGivesItsRoomBackWhenItCloses() throws IOException {
        FilterBudget budget = new FilterBudget(FILTER_BYTES);
        Table with = open(budget, 0);
        Table without = open(budget, 0);
        without.release();
        assertHolds(budget, 1, 0);
        with.release();
        assertHolds(budget, 0, 0);
        open(budget, 0);
        assertHolds(budget, 1, 0);
    }

    @Test
    void aDamagedFilterTakesNoRoom() throws IOException {
        TableFile file = write();
        long offset = offsetOfFilter(file);
        disk.rot(FileName.table(file.number()).toString(), offset, 0);
        FilterBudget budget = new FilterBudget(FILTER_BYTES);
        Table table = Table.openWithoutFilter(disk, file, new BlockCache(0), budget, 0);
        assertThrows(CorruptException.class, table::loadFilter);
        assertHolds(budget, 0, 0);
        table.release();
        assertHolds(budget, 0, 0);
    }

    private long offsetOfFilter(TableFile file) throws IOException {
        Table sound = Table.open(disk, file, new BlockCache(0));
        try {
            return sound.partsOfFilter().get(0).offset();
        } finally {
            sound.release();
        }
    }

    @Test
    void theBottomLevelLeavesAQuarterToTheLevelsAbove() throws IOException {
        FilterBudget budget = new FilterBudget(4 * FILTER_BYTES);
        for (int i = 0; i < 4; i++) {
            open(budget, TreeLevel.BOTTOM);
        }
        assertHolds(budget, 3, 1);
        open(budget, 1);
        assertHolds(budget, 4, 1);
    }

    @Test
    void aTableThatMovesToTheBottomKeepsItsFilterOnlyIfTheBottomHasRoom() throws IOException {
        FilterBudget budget = new FilterBudget(4 * FILTER_BYTES);
        Table first = open(budget, 0);
        for (int i = 1; i < 4; i++) {
            open(budget, 0);
        }
        first.moved(5);
        assertHolds(budget, 4, 0);
        first.moved(TreeLevel.BOTTOM);
        assertHolds(budget, 3, 1);
        assertTrue(mayContain(first, key(1)), "its filter is not in memory any more");
        first.loadFilter();
        assertHolds(budget, 3, 1);
        open(budget, 0).moved(5);
        assertHolds(budget, 4, 1);
        first.moved(TreeLevel.BOTTOM);
        first.release();
        assertHolds(budget, 4, 0);
    }

    @Test
    void thatThereIsNoRoomIsSaidOnceAlsoToAListenerThatComesLater() throws IOException {
        FilterBudget budget = new FilterBudget(0);
        AtomicInteger calls = new AtomicInteger();
        budget.onFull(calls::incrementAndGet);
        assertEquals(0, calls.get());
        open(budget, 0);
        open(budget, 0);
        assertEquals(1, calls.get());
        AtomicInteger later = new AtomicInteger();
        budget.onFull(later::incrementAndGet);
        open(budget, 0);
        assertEquals(1, later.get());
    }
}
