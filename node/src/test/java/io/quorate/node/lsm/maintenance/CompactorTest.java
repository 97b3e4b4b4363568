package io.quorate.node.lsm.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import io.quorate.node.lsm.CrashedStore;
import io.quorate.node.lsm.RecordedCompletion;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.compaction.ExpiredValues;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.inspect.Verification;
import io.quorate.node.lsm.inspect.VerificationFinding;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.cache.BlockCache;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Merges as the store's callers notice them, or do not. */
class CompactorTest {
    private static final long GRACE_MS = 10_000;

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private Store store;
    private long versions;

    @BeforeEach
    void anEmptyStore() throws IOException {
        directory = DataDirectory.create(disk);
        Store.create(directory);
    }

    /** Tables of about 1,000 bytes, and merges of 20,000 bytes a second, even if much is due. */
    private void open(int tierTablesSlow, int tierTablesSlowest) throws IOException {
        CompactionOptions compaction = new CompactionOptions(
                1_000,
                new TierLimits(2, 3, tierTablesSlow, tierTablesSlowest),
                new LevelSizes(8_000, 4),
                new MergeWork(2, 2, 500, 20_000),
                new DebtLimits(1 << 30, 1L << 31, 50_000),
                GRACE_MS);
        store = open(compaction);
    }

    private Store open(CompactionOptions compaction) throws IOException {
        return Store.open(directory, CrashedStore.TINY.withCompaction(compaction), threads.forStore(), failure -> {
            throw failure;
        });
    }

    private RecordedCompletion put(String key, Value value) {
        RecordedCompletion told = new RecordedCompletion();
        store.put(Key.of(key), new Record(new Version(++versions, 1, versions, 0), value), told);
        return told;
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            put("key-" + i % 40, Value.of("x".repeat(100) + i));
        }
        threads.runAll();
    }

    @Test
    void afterAllMergesALevelHasManyTablesAndAReadLooksIntoFew() throws IOException {
        open(10, 20);
        for (int i = 0; i < 200; i++) {
            put(String.format("key-%03d", i * 7 % 200), Value.of("x".repeat(100) + i));
        }
        threads.runAll();
        CompactionStatistics compaction = store.statistics().compaction();
        assertTrue(compaction.levels().get(TreeLevel.BOTTOM).tableCount() > 10, compaction::toString);
        assertTrue(compaction.levels().get(0).tableCount() < 3, compaction::toString);
        assertEquals(0, compaction.figures().debtBytes());
        for (int i = 0; i < 200; i++) {
            store.get(Key.of(String.format("key-%03d", i)));
        }
        assertTrue(store.statistics().figures().readAmplification() < 1.1, () -> store.statistics()
                .toString());
    }

    /** They take a few bytes each, and 8 bytes of heap until a filter is built. Without a bound that runs out. */
    @Test
    void aMergeOfManySmallEntriesWritesSeveralTables() throws IOException {
        CompactionOptions compaction = new CompactionOptions(
                256 << 10,
                new TierLimits(2, 3, 10, 20),
                new LevelSizes(8 << 10, 4),
                new MergeWork(2, 1, 500, 1 << 20),
                new DebtLimits(1 << 30, 1L << 31, 50_000),
                GRACE_MS);
        store = Store.open(
                directory,
                CrashedStore.TINY.withMemtableBytes(200_000).withCompaction(compaction),
                threads.forStore(),
                failure -> {
                    throw failure;
                });
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            put(String.format("%08d", (long) i * 7_919 % count), Value.of(""));
            if (i % 500 == 0) {
                threads.runAll();
            }
        }
        threads.runAll();
        store.shutdown(() -> {});
        threads.runAll();
        long below = 0;
        for (PlacedFile placed : Manifest.load(disk).tables().values()) {
            Table table = Table.open(disk, placed.file(), new BlockCache(0));
            long entries = table.properties().counts().entries();
            assertTrue(entries <= 4_096, entries + " entries in level " + placed.level());
            below += placed.level() > 0 ? entries : 0;
            table.release();
        }
        assertTrue(below > count / 2, below + " entries below level 0");
    }

    @Test
    void smallTablesOfLevelZeroBecomeOneThere() throws IOException {
        store = open(CompactionOptions.DEFAULTS);
        for (int i = 0; i < 200; i++) {
            put("key-" + i * 7 % 200, Value.of("x".repeat(100) + i * 7 % 200));
            if (i % 5 == 0) {
                threads.runAll();
            }
        }
        threads.runAll();
        CompactionStatistics compaction = store.statistics().compaction();
        assertTrue(compaction.levels().get(0).writtenBytes() > 0, compaction::toString);
        assertTrue(
                compaction.levels().get(0).tableCount()
                        < CompactionOptions.DEFAULTS.tier().tablesMax(),
                compaction::toString);
        for (int i = 0; i < 200; i++) {
            assertEquals("x".repeat(100) + i, text("key-" + i));
        }
    }

    @Test
    void whatExpiredLongAgoKeepsItsVersionAndLosesItsBytes() throws IOException {
        open(10, 20);
        long expiresAtMs = threads.wallMs() + 5_000;
        for (int i = 0; i < 20; i++) {
            put("key-" + i + "-session", Value.of("secret".getBytes(), Value.DEFAULT_CONTENT_TYPE, expiresAtMs));
        }
        fill(40);
        Record stored = store.get(Key.of("key-7-session"));
        assertEquals(expiresAtMs, ((Value) stored.content()).expiresAtMs());

        threads.sleep(8_000);
        fill(40);
        assertEquals(stored, store.get(Key.of("key-7-session")));

        threads.sleep(20_000);
        fill(40);
        assertEquals(new Record(stored.version(), ExpiredValues.ENDED), store.get(Key.of("key-7-session")));
    }

    /** Found by the simulator: seed 20008552, 4 nodes. A retry said that the value expired in 1970. */
    @Test
    void aValueKeepsItsExpiryAsLongAsItsRequestIsRemembered() throws IOException {
        open(10, 20);
        long expiresAtMs = threads.wallMs() + 5_000;
        Receipt receipt = new Receipt(1, true, threads.wallMs() + 60_000);
        Value value = Value.of("lease".getBytes(), Value.DEFAULT_CONTENT_TYPE, expiresAtMs);
        Record lease =
                new Record(new Version(++versions, 1, versions, 1), value, new RequestId(1, 1), Optional.of(receipt));
        for (int i = 0; i < 20; i++) {
            store.put(Key.of("key-" + i + "-lease"), lease, new RecordedCompletion());
        }
        fill(40);
        threads.sleep(40_000);
        fill(40);
        assertEquals(lease, store.get(Key.of("key-7-lease")));

        threads.sleep(40_000);
        fill(40);
        assertEquals(lease.withContent(ExpiredValues.ENDED), store.get(Key.of("key-7-lease")));
    }

    @Test
    void whatIsRememberedOfRequestsGoesAsAWholeOnceItHasExpiredLongAgo() throws IOException {
        open(10, 20);
        long untilMs = threads.wallMs() + 5_000;
        for (int i = 0; i < 20; i++) {
            Value trace = Value.of("trace".getBytes(), Value.DEFAULT_CONTENT_TYPE, untilMs);
            Record record = new Record(new Version(++versions, 1, versions, 0), trace);
            store.put(Keyspace.REQUESTS, Key.of("request-" + i), record, new RecordedCompletion());
        }
        fill(40);
        threads.sleep(8_000);
        fill(40);
        assertEquals(20, requests());

        threads.sleep(20_000);
        fill(40);
        assertEquals(0, requests());
    }

    @Test
    void anErasedHintGoesWithItsErasureAndOneThatWaitsStays() throws IOException {
        open(10, 20);
        for (int i = 0; i < 20; i++) {
            putHint(i, hint(i));
        }
        fill(40);
        for (int i = 0; i < 19; i++) {
            putHint(i, hint(i).forgotten(Forgotten.NO_ROUND));
        }
        fill(400);
        assertEquals(1, entries(Keyspace.HINTS));
    }

    private static Record hint(int number) {
        return new Record(new Version(1, 1, number, 0), Tombstone.TOMBSTONE);
    }

    private void putHint(int number, Record hint) {
        store.put(Keyspace.HINTS, Key.of("hint-" + number), hint, new RecordedCompletion());
    }

    private int requests() {
        return entries(Keyspace.REQUESTS);
    }

    private int entries(Keyspace keyspace) {
        int count = 0;
        try (RecordIterator requests = store.scan(keyspace, KeyRange.ALL, Direction.ASCENDING)) {
            while (requests.advance()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void writersAreDelayedWhileMergesAreBehindAndGoOnAfterThem() throws IOException {
        open(3, 5);
        List<RecordedCompletion> burst = burst();
        threads.runAll();
        burst.forEach(told -> assertEquals(Outcome.APPLIED, told.outcome()));
        assertTrue(store.statistics().figures().pauses().delayedMs() > 100, () -> store.statistics()
                .toString());
    }

    private List<RecordedCompletion> burst() {
        List<RecordedCompletion> burst = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            burst.add(put("key-" + i % 40, Value.of("x".repeat(200) + i)));
        }
        return burst;
    }

    /** A merge may take a minute. Writers that had to wait for its end would be stopped so long. */
    @Test
    void writersGoOnSlowlyAlthoughNoMergeEnds() throws IOException {
        open(3, 5);
        List<RecordedCompletion> burst = burst();
        threads.runAllButMerges();
        burst.forEach(told -> assertEquals(Outcome.APPLIED, told.outcome()));
        assertTrue(store.statistics().figures().tables().count() > 5, () -> store.statistics()
                .toString());
    }

    @Test
    void shortWritesPassALongOneThatHasToWait() throws IOException {
        open(3, 5);
        burst();
        while (store.statistics().compaction().levels().get(0).tableCount() < 6) {
            assertTrue(threads.runOne(), "merges kept up");
        }
        List<String> applied = new ArrayList<>();
        write("long", 200, applied);
        write("next long", 200, applied);
        write("short", 1, applied);
        threads.runAllButMerges();
        assertEquals(List.of("long", "short", "next long"), applied);
    }

    /** A batch of so many records of 1,000 bytes. */
    private void write(String name, int records, List<String> applied) {
        List<Write> batch = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            Record record = new Record(new Version(++versions, 1, versions, 0), Value.of("x".repeat(1_000)));
            batch.add(new Write(Keyspace.DATA, Key.of(name + i), record));
        }
        store.write(batch, new RecordedCompletion() {
            @Override
            public void applied() {
                super.applied();
                applied.add(name);
            }
        });
    }

    /** Merges rest from the moment on when they delay the writers. */
    @Test
    void closingDoesNotWaitForMergesThatDelayWriters() throws IOException {
        open(3, 5);
        RecordedCompletion last = burst().get(199);
        while (store.statistics().figures().pauses().delays() == 0) {
            assertTrue(threads.runOne(), "no merge delayed the writers");
        }
        assertEquals(Outcome.NONE_YET, last.outcome());
        store.shutdown(() -> {});
        threads.runAllButMerges();
        assertEquals(Outcome.APPLIED, last.outcome());
        threads.runAll();
        assertEquals(List.of(), disk.openNames());
        open(3, 5);
        assertEquals("x".repeat(200) + 199, text("key-39"));
    }

    @Test
    void closingInTheMiddleOfMergesLeavesNothingBehind() throws IOException {
        long givenUp = 0;
        for (int round = 0; round < 15; round++) {
            open(10, 20);
            for (int i = 0; i < 30; i++) {
                put("key-" + i, Value.of("x".repeat(100) + i));
            }
            for (int steps = 10 + 6 * round; steps > 0; steps--) {
                threads.runOne();
            }
            givenUp += store.statistics().compaction().figures().runningMerges();
            store.shutdown(() -> {});
            long tables = store.statistics().figures().tables().count();
            threads.runAll();
            assertEquals(List.of(), disk.openNames());
            long files = disk.list().stream()
                    .filter(name -> name.startsWith("table-"))
                    .count();
            assertEquals(
                    store.statistics().figures().tables().count(), files, "round " + round + ", " + tables + " before");
        }
        assertTrue(givenUp > 3, "merges were given up in " + givenUp + " rounds");
        open(10, 20);
        assertEquals("x".repeat(100) + 29, text("key-29"));
    }

    private String text(String key) {
        return new String(((Value) store.get(Key.of(key)).content()).bytes());
    }

    @Test
    void overlappingTablesThatAManifestPutsIntoOneLevelAreFoundAndReadAllTheSame() throws IOException {
        store = open(CompactionOptions.DEFAULTS);
        for (int i = 0; i < 12; i++) {
            put("key-" + i * 5 % 12, Value.of("x".repeat(100) + i * 5 % 12));
        }
        threads.runAll();
        store.shutdown(() -> {});
        threads.runAll();
        assertEquals(List.of(), findings());
        putAllTablesIntoTheLastLevel();
        assertTrue(findings().stream().anyMatch(finding -> finding.what().contains("overlap")), "verify finds them");
        store = open(CompactionOptions.DEFAULTS);
        for (int i = 0; i < 12; i++) {
            assertEquals("x".repeat(100) + i, text("key-" + i));
        }
        List<LevelFigures> levels = store.statistics().compaction().levels();
        assertTrue(
                levels.get(0).tableCount() > 0 && levels.get(TreeLevel.BOTTOM).tableCount() > 0, levels::toString);
    }

    private List<VerificationFinding> findings() throws IOException {
        List<VerificationFinding> findings = new ArrayList<>();
        Verification.run(disk, findings::add, (name, bytes) -> {});
        return findings;
    }

    private void putAllTablesIntoTheLastLevel() throws IOException {
        ManifestState state = Manifest.load(disk);
        SortedMap<Long, PlacedFile> tables = new TreeMap<>();
        state.tables().forEach((number, placed) -> tables.put(number, new PlacedFile(placed.file(), TreeLevel.BOTTOM)));
        assertTrue(tables.size() > 1, tables::toString);
        Manifest.start(
                        disk,
                        new FileNumbers(1_000),
                        new ManifestState(tables, state.logFloor(), state.lastLog(), 1_000))
                .close();
    }
}
