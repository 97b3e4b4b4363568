package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.BlockSizes;
import io.quorate.node.lsm.options.StoreOptions.DiskReserve;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of a store to its callers, with any work going on below. */
class StoreTest {
    private static final Key KEY = Key.of("key");

    private final CrashDisk disk = new CrashDisk();
    private SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private Store store;

    @BeforeEach
    void anEmptyStore() throws IOException {
        directory = DataDirectory.create(disk);
        Store.create(directory);
        open(CrashedStore.TINY);
    }

    private void open(StoreOptions options) throws IOException {
        store = Store.open(directory, options, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void reopen() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        open(CrashedStore.TINY);
    }

    private RecordedCompletion put(Key key, Record record) {
        RecordedCompletion told = new RecordedCompletion();
        store.put(key, record, told);
        return told;
    }

    private void applied(Key key, Record record) {
        RecordedCompletion told = put(key, record);
        threads.runAll();
        assertEquals(Outcome.APPLIED, told.outcome());
    }

    private static Record value(long version, String text) {
        return new Record(new Version(version, 1, version, 0), Value.of(text));
    }

    private static Record tombstone(long version) {
        return new Record(new Version(version, 1, version, 0), TOMBSTONE);
    }

    private static Record large(long version) {
        return value(version, "x".repeat(1_000));
    }

    @Test
    void aKeyThatWasNeverWrittenIsAbsent() {
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        assertEquals(Optional.of(Record.NEVER_WRITTEN), store.getFromMemory(KEY));
    }

    @Test
    void aWriteIsInvisibleUntilItIsDurable() {
        put(KEY, value(1, "a"));
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        threads.runAll();
        assertEquals(value(1, "a"), store.get(KEY));
    }

    @Test
    void manyWritesThatWaitShareAForce() {
        for (int i = 0; i < 4; i++) {
            put(KEY, value(i + 1, "a"));
        }
        threads.runAll();
        assertEquals(1, store.statistics().figures().log().forces());
        assertEquals(4, store.statistics().figures().writes().count());
    }

    @Test
    void theHighestVersionWinsWhicheverComesLast() throws IOException {
        applied(KEY, value(5, "new"));
        applied(KEY, value(3, "old"));
        assertEquals(value(5, "new"), store.get(KEY));
        reopen();
        applied(KEY, tombstone(4));
        assertEquals(value(5, "new"), store.get(KEY));
    }

    @Test
    void anOlderVersionInANewerTableDoesNotHideANewerOne() {
        applied(KEY, value(50, "new"));
        applied(Key.of("filler"), large(60));
        applied(Key.of("filler"), large(61));
        applied(KEY, value(3, "old"));
        applied(Key.of("filler"), large(62));
        applied(Key.of("filler"), large(63));
        assertTrue(store.statistics().figures().tables().count() >= 2);
        assertEquals(value(50, "new"), store.get(KEY));
    }

    @Test
    void whatTablesHoldIsCountedBeforeCompression() {
        for (int i = 0; i < 10; i++) {
            applied(Key.of("filler-" + i), large(60 + i));
        }
        long tableBytes = store.statistics().figures().tables().bytes();
        assertTrue(store.content().entries() > 5, () -> store.content().toString());
        assertTrue(store.content().bytes() > 2 * tableBytes, () -> store.content() + " in " + tableBytes);
    }

    @Test
    void aLateWriteInTheMemtableDoesNotHideANewerOneInATable() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        open(CrashedStore.TINY.withCompaction(CompactionOptions.DEFAULTS));
        applied(Key.of("filler"), large(10));
        applied(KEY, value(50, "new"));
        applied(Key.of("filler"), large(12));
        applied(KEY, value(40, "late"));
        assertEquals(2, store.statistics().figures().tables().count());
        assertEquals(value(50, "new"), store.get(KEY));
    }

    @Test
    void emptyBinaryAndUnicodeKeysAndValuesAreKept() throws IOException {
        Record typed = new Record(new Version(1, -1, -1, 7), Value.of(new byte[] {0, -1}, "text/plain"));
        Key binary = Key.of(new byte[] {0, -1, 0});
        applied(KEY, value(1, ""));
        applied(binary, typed);
        applied(Key.of("ключ-鍵"), value(2, "значение"));
        applied(Key.of("k".repeat(Key.BYTES_MAX)), value(3, "long"));
        reopen();
        assertEquals(value(1, ""), store.get(KEY));
        assertEquals(typed, store.get(binary));
        assertEquals(value(2, "значение"), store.get(Key.of("ключ-鍵")));
        assertEquals(value(3, "long"), store.get(Key.of("k".repeat(Key.BYTES_MAX))));
    }

    @Test
    void deletingWhatIsAbsentOrDeletedIsAWriteLikeAnyOther() {
        applied(KEY, tombstone(1));
        applied(KEY, tombstone(2));
        assertEquals(tombstone(2), store.get(KEY));
    }

    @Test
    void aValueBeyondTheLimitIsRefused() {
        RecordedCompletion told =
                put(KEY, value(1, "x".repeat(CrashedStore.TINY.writes().valueBytesMax() + 1)));
        assertEquals(Outcome.REFUSED, told.outcome());
        assertTrue(told.message().contains("1025 bytes"), told::message);
    }

    @Test
    void aFullQueueRefusesAndTakesWritesAgainOnceItIsShorter() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        open(shortQueue(1 << 10));
        List<RecordedCompletion> burst = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            burst.add(put(KEY, large(i + 1)));
        }
        assertEquals(Outcome.REFUSED, burst.get(3).outcome());
        threads.runAll();
        assertEquals(Outcome.APPLIED, burst.get(0).outcome());
        applied(KEY, large(9));
        assertEquals(0, store.statistics().figures().writes().queuedBytes());
    }

    @Test
    void aValueLongerThanTheQueueAndTheMemtableIsStoredFlushedAndReadAgain() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        StoreOptions small = shortQueue(1 << 20);
        open(small);
        Record longOne = value(1, "x".repeat(300_000));
        applied(KEY, longOne);
        assertEquals(longOne, store.get(KEY));
        for (int i = 0; i < 20; i++) {
            applied(Key.of("other" + i), large(i + 1));
        }
        store.shutdown(() -> {});
        threads.runAll();
        open(small);
        assertEquals(longOne, store.get(KEY));
    }

    /** Under steady work the queue is never empty. */
    @Test
    void aValueLongerThanTheQueueIsTakenWhileOtherWritesWait() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        open(shortQueue(1 << 20));
        RecordedCompletion small = put(KEY, value(1, "a"));
        RecordedCompletion longOne = put(Key.of("long"), value(2, "x".repeat(300_000)));
        RecordedCompletion next = put(KEY, value(3, "b"));
        assertEquals(Outcome.REFUSED, next.outcome(), "the queue is more than full");
        threads.runAll();
        assertEquals(Outcome.APPLIED, small.outcome());
        assertEquals(Outcome.APPLIED, longOne.outcome());
        applied(KEY, value(3, "b"));
    }

    /** As a write with an idempotency key: its register, and the entry of the request. */
    @Test
    void aBatchWithAValueLongerThanTheQueueIsTaken() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        open(shortQueue(1 << 20));
        RecordedCompletion both = new RecordedCompletion();
        store.write(
                List.of(
                        new Write(Keyspace.DATA, KEY, value(1, "x".repeat(1 << 20))),
                        new Write(Keyspace.REQUESTS, KEY, value(1, "stored"))),
                both);
        threads.runAll();
        assertEquals(Outcome.APPLIED, both.outcome(), both::message);
        assertEquals(value(1, "x".repeat(1 << 20)), store.get(KEY));
    }

    @Test
    void writersPauseWhenFlushesFallBehindAndGoOnAfterThem() {
        List<RecordedCompletion> burst = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            burst.add(put(KEY, large(i + 1)));
        }
        threads.runLogOnly();
        assertEquals(
                CrashedStore.TINY.memtables().frozenMax(),
                store.statistics().figures().memtables().frozen());
        assertEquals(Outcome.NONE_YET, burst.get(19).outcome());
        threads.runAll();
        burst.forEach(told -> assertEquals(Outcome.APPLIED, told.outcome()));
        assertTrue(store.statistics().figures().pauses().stalls() > 0);
    }

    @Test
    void closingKeepsWhatWasAcceptedAndRefusesTheRest() throws IOException {
        RecordedCompletion accepted = put(KEY, value(1, "a"));
        store.shutdown(() -> {});
        RecordedCompletion late = put(KEY, value(2, "b"));
        threads.runAll();
        assertEquals(Outcome.APPLIED, accepted.outcome());
        assertEquals(Outcome.REFUSED, late.outcome());
        assertThrows(RefusedException.class, () -> store.get(KEY));
        assertThrows(RefusedException.class, () -> store.scan());
        assertEquals(0, disk.openFiles());
        open(CrashedStore.TINY);
        assertEquals(value(1, "a"), store.get(KEY));
    }

    @Test
    void closingWhileWritersPauseAppliesWhatWasAccepted() {
        List<RecordedCompletion> burst = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            burst.add(put(KEY, large(i + 1)));
        }
        threads.runLogOnly();
        store.shutdown(() -> {});
        threads.runAll();
        burst.forEach(told -> assertEquals(Outcome.APPLIED, told.outcome()));
        assertEquals(0, disk.openFiles());
    }

    @Test
    void aScanSeesTheMomentOfItsOpening() {
        applied(Key.of("a"), value(1, "a1"));
        applied(Key.of("b"), value(2, "b1"));
        try (RecordIterator scan = store.scan()) {
            for (int i = 0; i < 40; i++) {
                applied(Key.of("b"), large(10 + i));
                applied(Key.of("c"), large(10 + i));
            }
            assertTrue(store.statistics().figures().compaction().writtenBytes() > 0);
            assertTrue(scan.advance());
            assertEquals(value(1, "a1"), scan.record());
            assertTrue(scan.advance());
            assertEquals(value(2, "b1"), scan.record());
            assertFalse(scan.advance());
        }
    }

    @Test
    void whatIsOnlyOnDiskIsNotReadFromMemory() throws IOException {
        applied(KEY, value(1, "a"));
        reopen();
        assertEquals(Optional.empty(), store.getFromMemory(KEY));
        applied(KEY, value(2, "b"));
        assertEquals(Optional.of(value(2, "b")), store.getFromMemory(KEY));
        assertEquals(Optional.of(Record.NEVER_WRITTEN), store.getFromMemory(Key.of("zzz")));
    }

    @Test
    void aBlockThatWasReadIsAnsweredFromMemory() throws IOException {
        applied(KEY, value(1, "a"));
        store.shutdown(() -> {});
        threads.runAll();
        open(CrashedStore.TINY.withBlockCacheBytes(1 << 20));
        assertEquals(value(1, "a"), store.get(KEY));
        assertEquals(Optional.of(value(1, "a")), store.getFromMemory(KEY));
    }

    @Test
    void aStoreIsNotMadeOverAnother() {
        applied(KEY, value(1, "a"));
        assertThrows(CannotOpenException.class, () -> Store.create(directory));
        assertEquals(value(1, "a"), store.get(KEY));
    }

    @Test
    void aCompletionThatThrowsStopsTheStoreAndTheOthersAreTold() throws IOException {
        List<StoreException> fatal = new ArrayList<>();
        store.shutdown(() -> {});
        threads.runAll();
        store = Store.open(directory, CrashedStore.TINY, threads.forStore(), fatal::add);
        store.put(KEY, value(1, "a"), new RecordedCompletion() {
            @Override
            public void applied() {
                throw new IllegalStateException("thrown by the test");
            }
        });
        RecordedCompletion other = put(KEY, value(2, "b"));
        threads.runAll();
        assertEquals(1, fatal.size());
        assertEquals(Outcome.APPLIED, other.outcome());
        assertEquals(Outcome.REFUSED, put(KEY, value(3, "c")).outcome());
    }

    @Test
    void aSecondProcessIsToldThatTheDirectoryIsInUse() {
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> DataDirectory.open(disk));
        assertEquals(CannotOpenException.OpenFailure.LOCKED, e.reason());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomWorkAgreesWithASortedMap(long seed) throws IOException {
        Random random = new Random(seed);
        threads = new SeededThreads(random);
        reopen();
        NavigableMap<Key, Record> model = new TreeMap<>();
        for (int i = 1; i <= 1_500; i++) {
            Key key = Key.of("k" + random.nextInt(120));
            Version version = new Version(i + random.nextInt(50), 1, i, 0);
            Record record = random.nextInt(6) == 0
                    ? new Record(version, TOMBSTONE)
                    : new Record(version, Value.of("v".repeat(random.nextInt(80)) + i));
            put(key, record);
            model.merge(key, record, Record::newest);
            if (random.nextInt(20) == 0) {
                threads.runAll();
                compare(model, Key.of("k" + random.nextInt(120)), seed);
            }
            if (random.nextInt(300) == 0) {
                reopen();
            }
        }
    }

    private void compare(NavigableMap<Key, Record> model, Key from, long seed) {
        model.forEach((key, record) -> {
            store.getFromMemory(key).ifPresent(known -> assertEquals(record, known, "seed " + seed));
            assertEquals(record, store.get(key), "seed " + seed);
        });
        Map<Key, Record> found = new TreeMap<>();
        try (RecordIterator scan = store.scan(KeyRange.from(from), Direction.ASCENDING)) {
            while (scan.advance()) {
                found.put(scan.key(), scan.record());
            }
        }
        assertEquals(model.tailMap(from, true), found, "seed " + seed);
    }

    /** A queue and memtables that a few writes fill. */
    private static StoreOptions shortQueue(int valueBytesMax) {
        return new StoreOptions(
                new MemtableSizes(1_200, 2),
                new WriteLimits(2_000, 150, valueBytesMax),
                new BlockSizes(128, 0),
                CompactionOptions.DEFAULTS,
                new DiskReserve(600, 0),
                0);
    }
}
