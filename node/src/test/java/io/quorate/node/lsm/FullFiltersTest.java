package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.FilterStatistics;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store whose tables have more filters than memory has room for. It answers as one with all filters does. */
class FullFiltersTest {
    private static final int KEYS = 60;

    private final CrashDisk disk = new CrashDisk();
    private final Random random = new Random(1);
    private final Map<Key, Record> model = new TreeMap<>();
    private final AtomicInteger warnings = new AtomicInteger();
    private SeededThreads threads;
    private DataDirectory directory;
    private Store store;
    private long versions;

    @BeforeEach
    void anEmptyStore() throws IOException {
        directory = DataDirectory.create(disk);
        Store.create(directory);
    }

    private void open(StoreOptions options) throws IOException {
        threads = new SeededThreads(random);
        store = Store.open(directory, options, threads.forStore(), failure -> {
            throw failure;
        });
        store.onFiltersFull(warnings::incrementAndGet);
    }

    private void close() {
        store.shutdown(() -> {});
        threads.runAll();
    }

    /** Values, deletes, and deletes that a merge may drop. */
    private void work() {
        for (int i = 0; i < 400; i++) {
            Key key = Key.of("key-" + random.nextInt(KEYS) * 2);
            Record old = model.getOrDefault(key, Record.NEVER_WRITTEN);
            boolean forgets = old.isTombstone() && model.containsKey(key);
            Version version = new Version(++versions, 1, versions, 0);
            put(key, forgets ? old.forgotten(1) : new Record(version, value()));
        }
        threads.runAll();
    }

    private Content value() {
        return random.nextInt(4) == 0 ? TOMBSTONE : Value.of("v".repeat(random.nextInt(100)));
    }

    private void put(Key key, Record record) {
        store.put(key, record, new RecordedCompletion());
        threads.runOne();
        model.put(key, record);
    }

    /** What is forgotten may be gone. */
    private void assertShowsTheModel() {
        for (int i = 0; i < 2 * KEYS; i++) {
            Key key = Key.of("key-" + i);
            Record expected = model.getOrDefault(key, Record.NEVER_WRITTEN);
            Record shown = store.get(key);
            assertTrue(
                    shown.equals(expected) || expected.isForgotten() && shown.equals(Record.NEVER_WRITTEN),
                    () -> key + " shows " + shown + " for " + expected);
            Optional<Record> inMemory = store.getFromMemory(key);
            assertTrue(inMemory.isEmpty() || inMemory.get().equals(shown), () -> key + " in memory: " + inMemory);
        }
        try (RecordIterator all = store.scan(KeyRange.ALL, Direction.ASCENDING)) {
            while (all.advance()) {
                assertEquals(model.get(all.key()), all.record());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 80, 120})
    void aStoreWithoutRoomForAllFiltersStartsAndAnswersAllTheSame(long filterBytesMax) throws IOException {
        for (int life = 1; life <= 3; life++) {
            open(CrashedStore.TINY.withFilterBytesMax(filterBytesMax));
            assertShowsTheModel();
            work();
            assertShowsTheModel();
            FilterStatistics filters = store.statistics().filters();
            assertTrue(filters.bytes() <= filterBytesMax, filters::toString);
            assertTrue(filterBytesMax > 0 || filters.tablesWithout() > 0, filters::toString);
            assertEquals(life, warnings.get(), "one in each life");
            close();
            assertEquals(new FilterStatistics(0, 0), store.statistics().filters());
        }
    }

    @Test
    void aStartReadsTheFiltersWhileItServes() throws IOException {
        open(CrashedStore.TINY);
        work();
        close();
        open(CrashedStore.TINY);
        threads.runAll();
        close();
        open(CrashedStore.TINY);
        assertEquals(0, store.statistics().filters().bytes(), "all is in tables, and no merge is due");
        assertShowsTheModel();
        threads.runAll();
        assertTrue(store.statistics().filters().bytes() > 0);
        close();
    }

    private static StoreOptions withTwoLevels(StoreOptions options) {
        CompactionOptions how = options.compaction();
        LevelSizes large = new LevelSizes(1 << 20, 2);
        return options.withCompaction(new CompactionOptions(
                how.tableBytes(), how.tier(), large, how.merges(), how.debt(), how.expiryGraceMs()));
    }

    /** Its tables find room at level 0, and then move to the bottom as they are. */
    @Test
    void anImportInTheOrderOfTheKeysLeavesRoomForTheFiltersOfLaterFlushes() throws IOException {
        long filterBytesMax = 2000;
        open(withTwoLevels(CrashedStore.TINY).withFilterBytesMax(filterBytesMax));
        for (int i = 0; i < 500; i++) {
            put(Key.of(String.format("key-%04d", i)), new Record(new Version(++versions, 1, i, 0), Value.of("value")));
            threads.runAll();
        }
        FilterStatistics filters = store.statistics().filters();
        assertEquals(0, store.statistics().compaction().figures().merges(), "all tables are moved");
        assertTrue(filters.bytes() > filterBytesMax / 2, filters::toString);
        assertTrue(filters.bytes() <= filterBytesMax / 8 * 7, filters::toString);
        close();
        assertEquals(new FilterStatistics(0, 0), store.statistics().filters());
    }
}
