package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.cache.BlockCache;
import io.quorate.node.lsm.view.ExpectedVersion;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A store beside a plain map, over random histories of puts, deletes, forgetting, flushes, merges, crashes and starts.
 * A merge never changes what a reader sees: a forgotten tombstone may go, and nothing older comes back. In the end
 * nothing is left of what was forgotten.
 */
class ForgettingHistoryTest {
    private static final int KEYS = 8;
    private static final int STEPS = 120;
    private static final long TWO_DAYS_MS = 2 * 24 * 3_600_000L;

    private final CrashDisk disk = new CrashDisk();
    private final Map<Key, Record> model = new HashMap<>();
    private boolean inLevelZero;
    private long filterBytesMax;
    private Random random;
    private SeededThreads threads;
    private DataDirectory directory;
    private Store store;
    private long versions = 1_000;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("forgetting.seeds", 150));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMergeDropsWhatIsForgottenAndNothingOlderComesBack(long seed) throws IOException {
        random = new Random(seed);
        inLevelZero = seed % 2 == 1;
        filterBytesMax = seed % 3 == 0 ? 150 : Long.MAX_VALUE;
        try (DataDirectory fresh = DataDirectory.create(disk)) {
            Store.create(fresh);
        }
        disk.forceDirectory();
        open();
        for (int step = 0; step < STEPS; step++) {
            act();
            for (int tasks = random.nextInt(6); tasks > 0; tasks--) {
                threads.runOne();
                assertShowsTheModel("seed " + seed + ", step " + step);
            }
        }
        forgetEverything();
        assertEquals(0, entriesLeft(), "seed " + seed + ": entries left");
    }

    private void open() throws IOException {
        threads = new SeededThreads(random);
        directory = DataDirectory.open(disk);
        StoreOptions options =
                inLevelZero ? CrashedStore.TINY.withCompaction(CompactionOptions.DEFAULTS) : CrashedStore.TINY;
        store = Store.open(directory, options.withFilterBytesMax(filterBytesMax), threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void act() throws IOException {
        Key key = Key.of("key-" + random.nextInt(KEYS));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> put(key, new Record(nextVersion(), Value.of("x".repeat(random.nextInt(150)))));
            case 4, 5 -> put(key, new Record(nextVersion(), TOMBSTONE));
            case 6, 7 -> forget(key);
            case 8 -> putOlder(key);
            default -> reopen(random.nextInt(3));
        }
    }

    private Version nextVersion() {
        versions++;
        return new Version(versions, 1, versions, 0);
    }

    private Record newest(Key key) {
        return model.getOrDefault(key, Record.NEVER_WRITTEN);
    }

    private void put(Key key, Record record) {
        RecordedCompletion completion = new RecordedCompletion();
        store.put(key, record, completion);
        while (completion.outcome() == Outcome.NONE_YET) {
            assertTrue(threads.runOne(), "a write waits for nothing");
        }
        assertEquals(Outcome.APPLIED, completion.outcome());
        model.merge(key, record, Record::newest);
    }

    private void forget(Key key) {
        if (newest(key).isTombstone() && model.containsKey(key)) {
            put(key, newest(key).forgotten(1 + random.nextInt(3)));
        }
    }

    /** A record that comes late. After the look of a merge none comes, so no merge runs, and only the log goes on. */
    private void putOlder(Key key) {
        boolean quiet = store.statistics().figures().compaction().runningMerges() == 0
                && store.statistics().figures().memtables().frozen() == 0;
        boolean hidden = store.get(key).equals(newest(key));
        if (!quiet || !hidden || !model.containsKey(key)) {
            return;
        }
        long older = random.nextInt((int) newest(key).version().timestamp());
        RecordedCompletion completion = new RecordedCompletion();
        store.put(key, new Record(new Version(older, 0, 0, 0), Value.of("older")), completion);
        threads.runLogOnly();
        assertEquals(Outcome.APPLIED, completion.outcome());
    }

    private void reopen(int how) throws IOException {
        if (how == 0) {
            store.shutdown(() -> {});
            threads.runAll();
            directory.close();
        } else if (how == 1) {
            disk.killProcess();
        } else {
            disk.losePower(Survivors.values()[random.nextInt(Survivors.values().length)], random);
        }
        open();
        assertShowsTheModel("after a start");
    }

    private static boolean agree(Record expected, Record shown) {
        boolean isGone = shown.equals(Record.NEVER_WRITTEN);
        boolean isStillHere = shown.isForgotten() && shown.version().equals(expected.version());
        return shown.equals(expected) || expected.isForgotten() && (isGone || isStillHere);
    }

    private void assertShowsTheModel(String when) {
        for (int i = 0; i < KEYS; i++) {
            Key key = Key.of("key-" + i);
            Record shown = store.get(key);
            assertTrue(agree(newest(key), shown), () -> when + ": " + key + " shows " + shown + " for " + newest(key));
            store.newestVersion(key).ifPresent(known -> assertEquals(ExpectedVersion.of(shown), known, when));
        }
        Map<Key, Record> scanned = new HashMap<>();
        try (RecordIterator all = store.scan()) {
            while (all.advance()) {
                scanned.put(all.key(), all.record());
            }
        }
        model.forEach((key, record) -> {
            Record shown = scanned.getOrDefault(key, Record.NEVER_WRITTEN);
            assertTrue(agree(record, shown), () -> when + ": a scan shows " + shown + " for " + record);
        });
    }

    /** A start writes what the log has into tables. Merges that could not drop something try again later. */
    private void forgetEverything() throws IOException {
        for (Key key : Map.copyOf(model).keySet()) {
            put(key, new Record(nextVersion(), TOMBSTONE));
            forget(key);
        }
        reopen(0);
        for (int day = 0; day < 4; day++) {
            threads.sleep(TWO_DAYS_MS);
            reopenLater();
            threads.runAll();
            assertShowsTheModel("while merges clean up");
        }
        store.shutdown(() -> {});
        threads.runAll();
    }

    /** The clock goes on over a start. */
    private void reopenLater() throws IOException {
        long wallMs = threads.wallMs();
        reopen(0);
        threads.sleep(wallMs - threads.wallMs());
    }

    private long entriesLeft() throws IOException {
        long entries = 0;
        for (PlacedFile placed : Manifest.load(disk).tables().values()) {
            Table table = Table.open(disk, placed.file(), new BlockCache(0));
            entries += table.properties().counts().entries();
            table.release();
        }
        return entries;
    }
}
