package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.BlockSizes;
import io.quorate.node.lsm.options.StoreOptions.DiskReserve;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk: which requests are refused, which go on, and that the state ends by itself. */
@Tag("faults")
class FullDiskTest {
    private static final long DISK_BYTES = 512 << 10;
    private static final int BALLAST_BYTES = (int) (DISK_BYTES / 32);
    private static final CompactionOptions COMPACTION = new CompactionOptions(
            8 << 10,
            new TierLimits(2, 3, 8, 12),
            new LevelSizes(32 << 10, 4),
            new MergeWork(2, 2, 4 << 10, 1 << 20),
            new DebtLimits(1 << 30, 1L << 31, 1 << 20),
            0);
    private static final StoreOptions OPTIONS = new StoreOptions(
            new MemtableSizes(8 << 10, 2),
            new WriteLimits(1 << 20, 2 << 10, 4 << 10),
            new BlockSizes(1 << 10, 0),
            COMPACTION,
            new DiskReserve(1 << 10, 1 << 20),
            1 << 10);
    private static final Key KEY = Key.of("key");

    private final CrashDisk disk = new CrashDisk();
    private final Map<Key, Record> acknowledged = new TreeMap<>();
    private final Random random = new Random(1);
    private SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private StoreOptions options = OPTIONS;
    private Store store;
    private long counter;
    private long heldUp;
    private long moves;

    @BeforeEach
    void aStoreWithItsBallast() throws IOException {
        disk.faults().roomBytes(DISK_BYTES);
        try (DataDirectory fresh = DataDirectory.create(disk)) {
            Store.create(fresh);
        }
        open();
        threads.runAll();
        assertEquals(BALLAST_BYTES, disk.read("ballast").length);
    }

    private void open() throws IOException {
        threads = new SeededThreads(new Random(1));
        directory = DataDirectory.open(disk);
        try {
            store = Store.open(directory, options, threads.forStore(), failure -> {
                throw failure;
            });
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private void fillTheDisk() {
        disk.plant("filler", new byte[(int) disk.usableBytes()]);
    }

    private void freeSomeSpace() {
        disk.lose("filler");
    }

    private RecordedCompletion put(Key key, Record record) {
        RecordedCompletion told = new RecordedCompletion();
        store.put(key, record, told);
        threads.runAll();
        if (told.outcome() == Outcome.APPLIED) {
            acknowledged.put(key, record);
        }
        return told;
    }

    private RecordedCompletion putValue() {
        byte[] incompressible = new byte[500];
        new Random(counter).nextBytes(incompressible);
        Value value = Value.of(incompressible, Value.DEFAULT_CONTENT_TYPE);
        return put(Key.of("key-" + counter), new Record(nextVersion(), value));
    }

    private Version nextVersion() {
        return new Version(++counter, 1, counter, 0);
    }

    private RecordedCompletion putUntilRefused() {
        RecordedCompletion told = putValue();
        for (int left = 100; told.outcome() == Outcome.APPLIED && left > 0; left--) {
            told = putValue();
        }
        return told;
    }

    private void assertAllAcknowledgedIsThere() {
        acknowledged.forEach((key, record) -> assertEquals(record, store.get(key)));
    }

    private void close() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        directory.close();
        assertEquals(List.of(), disk.openNames());
    }

    @Test
    void aFullDiskRefusesValuesAndGoesOnWithReadsAndDeletes() {
        putValue();
        fillTheDisk();
        RecordedCompletion refused = putUntilRefused();

        assertEquals(Outcome.REFUSED, refused.outcome());
        assertEquals(Optional.of(RefusedBecause.DISK_FULL), refused.reason());
        assertFalse(disk.trace().isEmpty());
        assertAllAcknowledgedIsThere();
        assertEquals(
                Outcome.APPLIED,
                put(Key.of("key-0"), new Record(nextVersion(), TOMBSTONE)).outcome());
        assertEquals(Outcome.REFUSED, putValue().outcome());
        assertAllAcknowledgedIsThere();
    }

    /** The log's zeros could take all of the ballast's space. Then the manifest had none for the next segment. */
    @ParameterizedTest
    @ValueSource(ints = {8 << 10, 16 << 10, 32 << 10})
    void deletesFindTheBallastsSpaceWhereverTheLogIs(int zeroAheadBytes) throws IOException {
        for (int valuesBefore = 0; valuesBefore < 20; valuesBefore++) {
            FullDiskTest test = new FullDiskTest();
            test.options = OPTIONS.withZeroAheadBytes(zeroAheadBytes);
            test.aStoreWithItsBallast();
            for (int i = 0; i < valuesBefore; i++) {
                test.putValue();
            }
            test.fillTheDisk();
            test.putUntilRefused();
            RecordedCompletion delete = test.put(KEY, new Record(test.nextVersion(), TOMBSTONE));
            assertEquals(Outcome.APPLIED, delete.outcome(), valuesBefore + " values before");
        }
    }

    @Test
    void eachChangeOfTheRoomIsToldOnce() {
        List<DiskSpace> told = new ArrayList<>();
        store.onDiskSpace(told::add);
        fillTheDisk();
        putUntilRefused();
        putValue();
        freeSomeSpace();
        threads.passTime();
        threads.runAll();
        assertEquals(List.of(DiskSpace.ALL_WRITES, DiskSpace.DELETES_ONLY, DiskSpace.ALL_WRITES), told);
    }

    @Test
    void writesGoOnByThemselvesOnceThereIsRoomAndABallastAgain() throws IOException {
        fillTheDisk();
        putUntilRefused();
        assertFalse(disk.list().contains("ballast"));
        threads.passTime();
        threads.runAll();
        assertEquals(Outcome.REFUSED, putValue().outcome(), "there is no room yet");

        freeSomeSpace();
        threads.passTime();
        threads.runAll();

        assertEquals(DiskSpace.ALL_WRITES, store.diskSpace());
        assertEquals(BALLAST_BYTES, disk.read("ballast").length);
        for (int i = 0; i < 100; i++) {
            assertEquals(Outcome.APPLIED, putValue().outcome());
        }
        close();
        open();
        assertAllAcknowledgedIsThere();
        close();
    }

    @Test
    void whenDeletesHaveUsedUpTheBallastsPlaceTheyAreRefusedTooAndReadsGoOn() {
        putValue();
        fillTheDisk();
        putUntilRefused();
        RecordedCompletion told = new RecordedCompletion();
        for (int left = 3_000; told.outcome() != Outcome.REFUSED && left > 0; left--) {
            told = put(Key.of("deleted-" + left), new Record(nextVersion(), TOMBSTONE));
        }
        assertEquals(Optional.of(RefusedBecause.DISK_FULL), told.reason());
        assertEquals(DiskSpace.READ_ONLY, store.diskSpace());
        assertAllAcknowledgedIsThere();
    }

    @Test
    void aFlushThatFindsNoRoomWaitsAndIsDoneLater() throws IOException {
        disk.faults().findNoRoom(Operation.of(Kind.WRITE, "table-"), new Random(1));
        RecordedCompletion refused = putUntilRefused();
        assertEquals(Optional.of(RefusedBecause.DISK_FULL), refused.reason());
        assertEquals(1, store.statistics().figures().memtables().frozen());
        assertTrue(disk.list().stream().noneMatch(name -> name.startsWith("table-")), "what was begun is deleted");
        assertAllAcknowledgedIsThere();

        disk.faults().findNoRoom(Operation.none(), new Random(1));
        threads.passTime();
        threads.runAll();
        threads.passTime();
        threads.runAll();
        assertEquals(0, store.statistics().figures().memtables().frozen());
        assertEquals(Outcome.APPLIED, putValue().outcome());
        assertAllAcknowledgedIsThere();
        close();
    }

    @Test
    void aMergeThatHasNoRoomWaitsAndWritersDoNot() throws IOException {
        while (compaction().levels().get(TreeLevel.BOTTOM).tableBytes() < 96 << 10) {
            putNoise();
        }
        long merges = compaction().figures().merges();
        disk.plant("filler", new byte[(int) disk.usableBytes() - (80 << 10)]);
        while (compaction().levels().get(0).tableCount() <= COMPACTION.tier().tablesMax()) {
            assertEquals(Outcome.APPLIED, putNoise().outcome());
        }
        assertEquals(DiskSpace.ALL_WRITES, store.diskSpace());
        assertEquals(merges, compaction().figures().merges());
        freeSomeSpace();
        threads.passTime();
        threads.runAll();
        assertTrue(compaction().figures().merges() > merges);
        assertAllAcknowledgedIsThere();
        close();
    }

    @Test
    void noWriteIsDelayedForMergesThatHaveNoRoom() throws IOException {
        close();
        TierLimits tier = new TierLimits(2, 3, 4, 6);
        options = withTier(tier);
        open();
        while (compaction().levels().get(TreeLevel.BOTTOM).tableBytes() < 96 << 10) {
            putNoise();
        }
        disk.plant("filler", new byte[(int) disk.usableBytes() - (80 << 10)]);
        while (compaction().mergesHeldUp() == 0) {
            putNoise();
        }
        long delays = store.statistics().figures().pauses().delays();
        while (compaction().levels().get(0).tableCount() < tier.tablesSlowest()) {
            assertEquals(Outcome.APPLIED, putNoise().outcome());
        }
        assertEquals(delays, store.statistics().figures().pauses().delays());
        freeSomeSpace();
        close();
    }

    private static StoreOptions withTier(TierLimits tier) {
        return new StoreOptions(
                OPTIONS.memtables(),
                OPTIONS.writes(),
                OPTIONS.blocks(),
                new CompactionOptions(
                        COMPACTION.tableBytes(),
                        tier,
                        COMPACTION.levels(),
                        COMPACTION.merges(),
                        COMPACTION.debt(),
                        COMPACTION.expiryGraceMs()),
                OPTIONS.disk(),
                OPTIONS.versionCacheBytes());
    }

    @Test
    void aMergeThatRunsOutOfRoomBetweenItsTablesIsUndoneAndDoneLater() throws IOException {
        while (compaction().levels().get(TreeLevel.BOTTOM).tableBytes() < 96 << 10) {
            putNoise();
        }
        long merges = compaction().figures().merges();
        String allowed = FileName.table(lastTable() + 8).toString();
        disk.faults()
                .findNoRoom(
                        Operation.of(Kind.WRITE, "table-")
                                .and(each -> each.name().compareTo(allowed) > 0),
                        random);
        for (int left = 200; compaction().mergesHeldUp() == 0 && left > 0; left--) {
            assertEquals(Outcome.APPLIED, putNoise().outcome());
        }
        assertEquals(1, compaction().mergesHeldUp());
        assertEquals(DiskSpace.ALL_WRITES, store.diskSpace());
        assertEquals(
                store.statistics().figures().tables().count(), tables().size(), "finished outputs are deleted, too");

        disk.faults().findNoRoom(Operation.none(), random);
        threads.passTime();
        threads.runAll();
        assertTrue(compaction().figures().merges() > merges);
        assertAllAcknowledgedIsThere();
        close();
    }

    private List<String> tables() throws IOException {
        return disk.list().stream().filter(name -> name.startsWith("table-")).toList();
    }

    private long lastTable() throws IOException {
        List<String> tables = tables();
        return FileName.parse(tables.get(tables.size() - 1)).orElseThrow().number();
    }

    @Test
    void aMoveWithoutRoomForItsEditIsUndoneAndDoneLater() throws IOException {
        int undone = 0;
        for (int write = 0; write < 40; write++) {
            FullDiskTest test = new FullDiskTest();
            test.aStoreWithItsBallast();
            undone += test.isAMoveUndoneAt(write) ? 1 : 0;
        }
        assertTrue(undone > 1, undone + " moves were without room");
    }

    private void putAscending(int count) {
        for (int left = count; left > 0; left--) {
            put(Key.of(String.format("key-%03d", counter)), new Record(nextVersion(), noise()));
        }
    }

    private boolean isAMoveUndoneAt(int write) throws IOException {
        int[] next = {0};
        disk.faults().findNoRoom(Operation.of(Kind.WRITE, "manifest-").and(each -> next[0]++ == write), random);
        putAscending(60);
        boolean undone = compaction().mergesHeldUp() == 1;
        for (int seconds = 0; seconds < 3; seconds++) {
            threads.passTime();
            threads.runAll();
        }
        putAscending(60);
        assertEquals(0, compaction().figures().merges(), "all tables are moved");
        assertTrue(compaction().figures().trivialMoves() > 2, () -> compaction().toString());
        assertAllAcknowledgedIsThere();
        close();
        open();
        assertAllAcknowledgedIsThere();
        close();
        return undone;
    }

    private CompactionStatistics compaction() {
        return store.statistics().compaction();
    }

    private RecordedCompletion putNoise() {
        return put(Key.of("key-" + random.nextInt(1_000)), new Record(nextVersion(), noise()));
    }

    /** Bytes that do not compress. */
    private Value noise() {
        byte[] bytes = new byte[500];
        random.nextBytes(bytes);
        return Value.of(bytes, Value.DEFAULT_CONTENT_TYPE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 32 << 10})
    void aStoreStartsOnAFullDiskWithoutItsBallast(int zeroAheadBytes) throws IOException {
        options = OPTIONS.withZeroAheadBytes(zeroAheadBytes);
        putValue();
        putValue();
        fillTheDisk();
        disk.killProcess();
        open();
        threads.runAll();
        assertAllAcknowledgedIsThere();
        assertEquals(Optional.of(RefusedBecause.DISK_FULL), putValue().reason());
        freeSomeSpace();
        threads.passTime();
        threads.runAll();
        assertEquals(Outcome.APPLIED, putValue().outcome());
        close();
    }

    @Test
    void aStartForWhichEvenTheBallastIsNotEnoughLeavesEverythingAsItWas() throws IOException {
        putValue();
        disk.killProcess();
        disk.lose("ballast");
        fillTheDisk();
        List<String> before = disk.list();
        assertThrows(DiskFullException.class, this::open);
        assertEquals(before, disk.list());
        assertEquals(List.of(), disk.openNames());
        freeSomeSpace();
        open();
        assertAllAcknowledgedIsThere();
        close();
    }

    /** Each operation finds no space once. Then the power goes, or not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noWriteIsLostOrComesBackWhereverTheRoomEnds(long seed) throws IOException {
        boolean more = true;
        for (int fullAt = 0; more; fullAt++) {
            CrashedStore crashed = new CrashedStore(seed);
            try {
                more = runOutOfRoomOnce(crashed, fullAt, Survivors.values()[fullAt % 5]);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", no room at " + fullAt + "\n" + crashed.disk.story(), e);
            }
        }
        assertTrue(heldUp > 5, heldUp + " merges or moves found no room");
        assertTrue(moves > 10, moves + " tables moved");
    }

    private boolean runOutOfRoomOnce(CrashedStore crashed, int fullAt, Survivors survivors) throws IOException {
        crashed.open();
        long first = crashed.disk.operations();
        crashed.disk.faults().findNoRoom(Operation.at(first + fullAt), crashed.random());
        crashed.work(18);
        boolean met = crashed.disk.operations() > first + fullAt;
        crashed.passTime();
        crashed.work(10);
        assertFalse(crashed.isStopped(), "a full disk is no reason to stop");
        heldUp += crashed.store.statistics().compaction().mergesHeldUp();
        moves += crashed.store.statistics().compaction().figures().trivialMoves();
        crashed.disk.losePower(survivors, crashed.random());
        startWithoutRoom(crashed, fullAt % 40);
        crashed.open();
        crashed.verify();
        crashed.work(5);
        crashed.close();
        return met;
    }

    /** A start that finds no space at some operation fails, and changes nothing. */
    private static void startWithoutRoom(CrashedStore crashed, int fullAt) throws IOException {
        List<String> before = stores(crashed.disk.list());
        crashed.disk.faults().findNoRoom(Operation.at(fullAt), crashed.random());
        try {
            crashed.open();
        } catch (DiskFullException e) {
            assertEquals(List.of(), crashed.disk.openNames());
            assertEquals(before, stores(crashed.disk.list()));
        }
        crashed.disk.faults().findNoRoom(Operation.none(), crashed.random());
        crashed.disk.killProcess();
    }

    /** The store's numbered files. */
    private static List<String> stores(List<String> names) {
        return names.stream().filter(name -> FileName.parse(name).isPresent()).toList();
    }

    /**
     * A group of zeros on zeros that were written ahead. A full disk cuts it off somewhere, and yet the disk has the
     * whole group.
     */
    @Test
    void aGroupThatDidNotFitIsTakenBackBeforeItIsRefused() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            for (Survivors survivors : Survivors.values()) {
                assertFalse(comesBack(seed, survivors, Operation.none()), "seed " + seed + ", " + survivors);
            }
        }
    }

    @Test
    void withoutTheForceOfTakingBackARefusedWriteComesBack() throws IOException {
        boolean cameBack = false;
        for (long seed = 0; seed < 40 && !cameBack; seed++) {
            cameBack = comesBack(seed, Survivors.RANDOM, Operation.of(Kind.FORCE, "log-"))
                    || comesBack(seed, Survivors.PREFIX, Operation.of(Kind.FORCE, "log-"));
        }
        assertTrue(cameBack);
    }

    private static boolean comesBack(long seed, Survivors survivors, Predicate<Operation> omitted) throws IOException {
        FullDiskTest test = new FullDiskTest();
        test.aStoreWithItsBallast();
        test.putValue(); // from now on there are zeros ahead
        test.disk.faults().omit(omitted);
        long next = test.disk.operations();
        test.disk.faults().findNoRoom(Operation.at(next), new Random(seed));
        RecordedCompletion told =
                test.put(KEY, new Record(test.nextVersion(), Value.of(new byte[900], Value.DEFAULT_CONTENT_TYPE)));
        assertEquals(Outcome.REFUSED, told.outcome());
        test.disk.losePower(survivors, new Random(seed));
        test.disk.faults().omit(Operation.none());
        test.open();
        return !test.store.get(KEY).equals(Record.NEVER_WRITTEN);
    }
}
