package io.quorate.node.lsm;

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
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import io.quorate.node.lsm.compaction.MergingCursor;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy of a store that goes on: whole, or none. */
class CheckpointTest {
    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private final Map<Key, Record> acknowledged = new TreeMap<>();
    private Store store;
    private long version;

    @TempDir
    Path folder;

    @BeforeEach
    void aStoreWithTablesAndMemtables() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        store = open(disk, threads);
        while (store.statistics().figures().tables().count() < 2) {
            work(1);
        }
        work(2);
        assertTrue(store.statistics().figures().memtables().bytes() > 0);
    }

    private static Store open(Disk disk, SeededThreads threads) throws IOException {
        return Store.open(DataDirectory.open(disk), CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void work(int writes) {
        for (int i = 0; i < writes; i++) {
            Key key = Key.of("key-" + version % 17);
            Record record = new Record(new Version(++version, 1, version, 0), Value.of("v".repeat(60) + version));
            store.put(key, record, new RecordedCompletion());
            threads.runAll();
            acknowledged.put(key, record);
        }
    }

    private static Map<Key, Record> contents(Store store) {
        Map<Key, Record> found = new TreeMap<>();
        try (RecordIterator all = store.scan(KeyRange.ALL, Direction.ASCENDING)) {
            while (all.advance()) {
                found.put(all.key(), all.record());
            }
        }
        return found;
    }

    @Test
    void itHoldsWhatWasAcknowledgedBeforeAndNothingLater() throws IOException {
        CrashDisk target = new CrashDisk();
        store.checkpoint(target);
        Map<Key, Record> expected = new TreeMap<>(acknowledged);
        work(60);
        assertEquals(0, target.openFiles());
        target.losePower(Survivors.NOTHING, new Random(1));
        Store copy = open(target, new SeededThreads(new Random(2)));
        assertEquals(expected, contents(copy));
        assertEquals(acknowledged, contents(store));
        assertEquals(expected.get(Key.of("key-1")), copy.get(Key.of("key-1")));
    }

    /** The store flushes and merges too, so the checkpoint holds on to tables that are gone by then. */
    @Test
    void whatIsWrittenWhileItIsMadeIsNotInIt() throws IOException {
        CrashDisk target = new CrashDisk();
        Map<Key, Record> expected = new TreeMap<>(acknowledged);
        target.watch(operation -> work(7));
        store.checkpoint(target);
        target.watch(operation -> {});
        assertTrue(store.statistics().compaction().figures().merges() > 0);
        assertEquals(expected, contents(open(target, new SeededThreads(new Random(2)))));
        assertEquals(acknowledged, contents(store));
    }

    @Test
    void itsTablesStandWhereTheyStood() throws IOException {
        CrashDisk target = new CrashDisk();
        CrashDisk second = new CrashDisk();
        work(60);
        List<LevelFigures> levels = store.statistics().compaction().levels();
        store.checkpoint(target);
        Checkpoint.copy(target, second, new MergingCursor(List.of()));
        long last = levels.get(TreeLevel.BOTTOM).tableCount();
        assertTrue(last > 1, levels::toString);
        assertEquals(last, tablesOfTheLastLevel(target));
        assertEquals(last, tablesOfTheLastLevel(second));
    }

    private static long tablesOfTheLastLevel(CrashDisk disk) throws IOException {
        return Manifest.load(disk).tables().values().stream()
                .filter(table -> table.level() == TreeLevel.BOTTOM)
                .count();
    }

    @Test
    void itCanBeMadeOfACheckpointAgain() throws IOException {
        CrashDisk first = new CrashDisk();
        CrashDisk second = new CrashDisk();
        store.checkpoint(first);
        Checkpoint.copy(first, second, new MergingCursor(List.of()));
        second.losePower(Survivors.NOTHING, new Random(1));
        open(first, threads);
        assertEquals(acknowledged, contents(open(second, new SeededThreads(new Random(2)))));
        CannotOpenException e = assertThrows(
                CannotOpenException.class, () -> Checkpoint.copy(first, new CrashDisk(), new MergingCursor(List.of())));
        assertTrue(e.getMessage().contains("so it is no checkpoint any more"), e::getMessage);
    }

    @Test
    void tablesAreCopiedWhereTheyCannotBeLinked() throws IOException {
        RealDisk target = new RealDisk(folder.resolve("copied"));
        target.createDirectory();
        store.checkpoint(target);
        assertEquals(acknowledged, contents(open(target, new SeededThreads(new Random(2)))));
    }

    @Test
    void tablesOfOneFileSystemAreLinked() throws IOException {
        RealDisk source = new RealDisk(folder.resolve("source"));
        source.createDirectory();
        store.checkpoint(source);
        RealDisk target = new RealDisk(folder.resolve("target"));
        target.createDirectory();
        Checkpoint.copy(source, target, new MergingCursor(List.of()));
        String table = source.list().stream()
                .filter(name -> name.startsWith("table-"))
                .findFirst()
                .orElseThrow();
        assertTrue(Files.isSameFile(Path.of(source.pathOf(table)), Path.of(target.pathOf(table))));
        assertFalse(source.tryLink("absent", target));
    }

    @Test
    void itIsNotMadeOverAStore() {
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> store.checkpoint(disk));
        assertEquals(OpenFailure.FOREIGN, e.reason());
        work(1);
        assertEquals(acknowledged, contents(store));
    }

    /** An open file takes its space even after its name is deleted. */
    @Test
    void aCheckpointThatFindsADiskFullLeavesNoFileOpen() throws IOException {
        CrashDisk whole = new CrashDisk();
        store.checkpoint(whole);
        long wholeBytes = CrashDisk.NO_LIMIT_BYTES - whole.usableBytes();
        for (long room = 0; room < wholeBytes; room += 64) {
            CrashDisk target = new CrashDisk();
            target.faults().roomBytes(room);
            assertThrows(DiskFailedException.class, () -> store.checkpoint(target));
            assertEquals(List.of(), target.openNames(), "with room for " + room + " bytes");
        }
        assertEquals(acknowledged, contents(store));
    }

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void aCrashLeavesAWholeOneOrOneThatIsRefused(Survivors survivors) throws IOException {
        assertTrue(crashEverywhere(survivors, operation -> false), "a checkpoint was opened that is not whole");
    }

    /** The forces that a checkpoint relies on. A table that was linked is durable already. */
    enum Force {
        TABLE(each -> each.kind() == Kind.FORCE && each.name().startsWith("table-")),
        MANIFEST(each -> each.kind() == Kind.FORCE && each.name().startsWith("manifest-")),
        NAMES(each -> each.kind() == Kind.FORCE_DIRECTORY && !each.name().equals("CURRENT")),
        CURRENT(each -> each.kind() == Kind.FORCE && each.name().startsWith("CURRENT")),
        NAME_OF_CURRENT(
                each -> each.kind() == Kind.FORCE_DIRECTORY && each.name().equals("CURRENT"));

        private final Predicate<Operation> operations;

        Force(Predicate<Operation> operations) {
            this.operations = operations;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutThisForceACrashLosesSomething(Force force) throws IOException {
        boolean lost = false;
        for (Survivors survivors : Survivors.values()) {
            lost |= !crashEverywhere(survivors, force.operations);
        }
        assertTrue(lost, "no crash needed " + force);
    }

    /** Whether each checkpoint that a crash cut off is refused or whole, and whole if it was not cut off. */
    private boolean crashEverywhere(Survivors survivors, Predicate<Operation> omitted) throws IOException {
        for (long crashAt = 0; ; crashAt++) {
            Random random = new Random(crashAt);
            CrashDisk target = new CrashDisk();
            target.faults().omit(omitted);
            target.crashAt(crashAt);
            boolean over = writeUntilCrash(target);
            target.losePower(survivors, random);
            if (!isWholeOrRefused(target, over)) {
                return false;
            }
            if (over) {
                return true;
            }
        }
    }

    private boolean writeUntilCrash(CrashDisk target) {
        try {
            store.checkpoint(target);
            return true;
        } catch (DiskFailedException e) {
            return false;
        }
    }

    private boolean isWholeOrRefused(CrashDisk target, boolean over) throws IOException {
        try {
            return contents(open(target, new SeededThreads(new Random(1)))).equals(acknowledged);
        } catch (CannotOpenException e) {
            return !over && e.reason() == OpenFailure.MISSING;
        } catch (StoreException e) {
            return false;
        }
    }
}
