package io.quorate.node.lsm.maintenance;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.CrashedStore;
import io.quorate.node.lsm.RecordedCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Where an older record may be when a merge meets a forgotten one. Each queue of the store runs when the test says so.
 */
class ForgottenMergesTest implements Clock {
    private static final Key KEY = Key.of("key");
    private static final Record OLDER = new Record(new Version(5, 1, 5, 0), Value.of("older"));
    private static final Record FORGOTTEN = new Record(new Version(6, 1, 6, 0), TOMBSTONE).forgotten(3);
    private static final StoreOptions OPTIONS =
            CrashedStore.TINY.withMemtableBytes(60_000).withCompaction(CompactionOptions.DEFAULTS);
    private static final long HOUR_MS = 3_600_000;

    private final CrashDisk disk = new CrashDisk();
    private final List<Runnable> log = new ArrayList<>();
    private final List<Runnable> maintenance = new ArrayList<>();
    private final List<Runnable> compaction = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private DataDirectory directory;
    private Store store;
    private long versions = 100;
    private long nowMs = 1_000 * HOUR_MS;

    @BeforeEach
    void anEmptyStore() throws IOException {
        directory = DataDirectory.create(disk);
        Store.create(directory);
        open();
    }

    /** Small tables of level 0 become one there. */
    private void open() throws IOException {
        StoreThreads threads = new StoreThreads(
                log::add,
                maintenance::add,
                compaction::add,
                (delayMs, action) -> {
                    timers.add(action);
                    return () -> timers.remove(action);
                },
                this);
        store = Store.open(directory, OPTIONS, threads, failure -> {
            throw failure;
        });
    }

    @Override
    public long wallMs() {
        return nowMs;
    }

    @Override
    public long monotonicNs() {
        return nowMs * 1_000_000;
    }

    private static boolean run(List<Runnable> queue) {
        boolean ran = !queue.isEmpty();
        while (!queue.isEmpty()) {
            queue.remove(0).run();
        }
        return ran;
    }

    private void runAll() {
        while (run(log) || run(maintenance) || run(compaction)) {}
    }

    /** Timers of merges that pause go off too. */
    private void pass(long ms) {
        nowMs += ms;
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private void put(Key key, Record record) {
        store.put(key, record, new RecordedCompletion());
        run(log);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            fill(Value.of("small"));
        }
    }

    /** So much more than in level 0 that all of level 0 does not go down for its own sake. */
    private void fillWithLongValues(int count) {
        for (int i = 0; i < count; i++) {
            byte[] incompressible = new byte[1_000];
            new Random(i).nextBytes(incompressible);
            fill(Value.of(incompressible, Value.DEFAULT_CONTENT_TYPE));
        }
    }

    private void fill(Value value) {
        versions++;
        put(Key.of("filler-" + versions % 60), new Record(new Version(versions, 1, 1, 0), value));
    }

    private void shutdown() {
        store.shutdown(() -> {});
        runAll();
    }

    /** A start writes what the log has into a table of level 0. No merge runs meanwhile. */
    private void intoATable() throws IOException {
        shutdown();
        open();
    }

    /** A place that merges of level 0 do not reach. */
    private void intoTheLastLevel() throws IOException {
        intoATable();
        shutdown();
        ManifestState state = Manifest.load(disk);
        SortedMap<Long, PlacedFile> tables = new TreeMap<>();
        state.tables().forEach((number, placed) -> tables.put(number, new PlacedFile(placed.file(), TreeLevel.BOTTOM)));
        assertEquals(1, tables.size());
        Manifest.start(disk, new FileNumbers(100), new ManifestState(tables, state.logFloor(), state.lastLog(), 100))
                .close();
        open();
    }

    private long tables(int level) {
        return store.statistics().compaction().levels().get(level).tableCount();
    }

    private int tables() throws IOException {
        return Manifest.load(disk).tables().size();
    }

    private int entriesOfKey() throws IOException {
        int entries = 0;
        for (PlacedFile placed : Manifest.load(disk).tables().values()) {
            Table table = Table.open(disk, placed.file(), new BlockCache(0));
            entries += table.get(KEY).equals(Record.NEVER_WRITTEN) ? 0 : 1;
            table.release();
        }
        return entries;
    }

    private void afterADayNothingIsLeft() throws IOException {
        for (int hour = 0; hour < 27; hour++) {
            pass(HOUR_MS);
            runAll();
        }
        intoATable();
        for (int hour = 0; hour < 27; hour++) {
            pass(HOUR_MS);
            runAll();
        }
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        assertEquals(0, entriesOfKey());
    }

    @Test
    void aMergeKeepsItWhileAnotherTableHasAnOlderRecord() throws IOException {
        put(KEY, OLDER);
        fillWithLongValues(20);
        intoTheLastLevel();
        put(KEY, FORGOTTEN);
        fill(3);
        for (int tables = 1; tables < 4; tables++) {
            intoATable();
            fill(3);
        }
        intoATable();
        assertEquals(4, tables(0));
        runAll();
        assertEquals(1, tables(0), "small tables became one");
        assertEquals(FORGOTTEN, store.get(KEY));
        afterADayNothingIsLeft();
    }

    @Test
    void aMergeDropsItIfTheOtherTablesAreYounger() throws IOException {
        fillWithLongValues(20);
        intoTheLastLevel();
        put(KEY, FORGOTTEN);
        fill(3);
        for (int tables = 1; tables < 4; tables++) {
            intoATable();
            fill(3);
        }
        intoATable();
        runAll();
        assertEquals(1, tables(0), "small tables became one");
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        assertEquals(0, entriesOfKey());
    }

    /** The older record comes before the merge looks. */
    @Test
    void aMergeKeepsItWhileTheActiveMemtableHasAnOlderRecord() throws IOException {
        fill(12);
        put(KEY, FORGOTTEN);
        intoATable();
        put(KEY, OLDER);
        pass(25 * HOUR_MS);
        assertTrue(run(compaction));
        assertEquals(FORGOTTEN, store.get(KEY));
        intoATable();
        assertEquals(FORGOTTEN, store.get(KEY));
        afterADayNothingIsLeft();
    }

    /** It waits for its flush, and its log segment would be replayed. */
    @Test
    void aMergeKeepsItWhileAFrozenMemtableHasAnOlderRecord() throws IOException {
        fill(12);
        put(KEY, FORGOTTEN);
        intoATable();
        put(KEY, OLDER);
        while (store.statistics().figures().memtables().frozen() == 0) {
            fillWithLongValues(1);
        }
        pass(25 * HOUR_MS);
        assertTrue(run(compaction));
        assertEquals(FORGOTTEN, store.get(KEY));
        disk.killProcess();
        log.clear();
        maintenance.clear();
        compaction.clear();
        timers.clear();
        directory = DataDirectory.open(disk);
        open();
        assertEquals(FORGOTTEN, store.get(KEY));
        afterADayNothingIsLeft();
    }

    /** The older record is in a memtable when the merge begins, and in a table when the merge looks. */
    @Test
    void aMergeKeepsItWhileAnOlderRecordMovesFromAMemtableToATable() throws IOException {
        fill(12);
        put(KEY, FORGOTTEN);
        intoATable();
        put(KEY, OLDER);
        pass(25 * HOUR_MS);
        compaction.remove(0).run();
        assertEquals(1, store.statistics().figures().compaction().runningMerges(), "the merge begins");
        while (store.statistics().figures().memtables().frozen() == 0) {
            fillWithLongValues(1);
        }
        assertTrue(run(maintenance), "the older record goes to a table");
        assertTrue(run(compaction), "the merge looks");
        assertEquals(FORGOTTEN, store.get(KEY));
        afterADayNothingIsLeft();
    }

    @Test
    void aStoreWithoutWritesGivesTheSpaceBackToo() throws IOException {
        fill(40);
        put(KEY, FORGOTTEN);
        intoATable();
        runAll();
        assertEquals(FORGOTTEN, store.get(KEY));
        for (int hour = 0; hour < 25; hour++) {
            pass(HOUR_MS);
            runAll();
        }
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        assertEquals(0, entriesOfKey());
    }

    /** A pass forgets, and then nobody writes. */
    @Test
    void manyForgottenRecordsLeaveTheMemoryWithoutAnotherWrite() throws IOException {
        fill(1);
        put(KEY, FORGOTTEN);
        put(Key.of("other"), FORGOTTEN);
        store.flushForgotten(3);
        runAll();
        assertEquals(0, tables(), "there are only two");
        store.flushForgotten(2);
        runAll();
        assertEquals(1, tables());
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY), "the merge dropped it");
        assertEquals(0, entriesOfKey());
        store.flushForgotten(1);
        runAll();
        assertEquals(1, tables(), "the new memtable has none");
    }
}
