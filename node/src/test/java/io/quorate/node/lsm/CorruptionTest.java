package io.quorate.node.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Durable bytes change, end early or vanish. The store reports the damage, and by no other exception, or gives the same
 * answer as before.
 */
class CorruptionTest {
    private CrashDisk healthy;
    private Map<Key, Record> contents;

    @BeforeEach
    void aStoreWithTablesAndALogThatWasClosed() throws IOException {
        CrashedStore made = new CrashedStore(5);
        made.open();
        made.work(50);
        made.close();
        made.disk.losePower(Survivors.NOTHING, made.random());
        healthy = made.disk.copy();
        contents = read(healthy.copy());
        assertTrue(healthy.list().stream().anyMatch(name -> name.startsWith("table-")));
    }

    @Test
    void everyFlippedBitIsAnErrorOrMakesNoDifference() throws IOException {
        int errors = 0;
        for (String name : healthy.list()) {
            int size = healthy.read(name).length;
            for (int offset = 0; offset < size; offset++) {
                CrashDisk rotten = healthy.copy();
                rotten.rot(name, offset, offset % 8);
                errors += isRefused(rotten, name + " at " + offset) ? 1 : 0;
            }
        }
        assertTrue(errors > 1_000, errors + " flips were noticed");
    }

    @Test
    void everyTruncationIsAnErrorOrMakesNoDifference() throws IOException {
        for (String name : healthy.list()) {
            for (int size = healthy.read(name).length - 1; size >= 0; size--) {
                if (isTheEndOfTheLog(name)) {
                    continue;
                }
                CrashDisk cut = healthy.copy();
                cut.truncate(name, size);
                isRefused(cut, name + " cut at " + size);
            }
        }
    }

    /** As if a sector were lost: the magic is gone, and the file is ours all the same. */
    @Test
    void zerosOrGarbageInTheFirstBytesOfAFileThatCountsAreDamage() throws IOException {
        for (String name : healthy.list()) {
            if (name.equals(DataDirectory.LOCK_NAME) || !counts(name)) {
                continue;
            }
            CrashDisk zeroed = healthy.copy();
            zeroed.zero(name, 0, FileHeader.BYTES);
            assertTrue(isRefused(zeroed, name + " with zeros in front"), name);
            CrashDisk foreign = healthy.copy();
            byte[] bytes = "MANIFEST-000001 of somebody else".getBytes(UTF_8);
            foreign.plant(name, bytes);
            assertTrue(isRefused(foreign, name + " with another content"), name);
        }
    }

    private boolean counts(String name) throws IOException {
        ManifestState state = Manifest.load(healthy);
        return FileName.parse(name)
                .map(file -> switch (file.kind()) {
                    case TABLE -> state.tables().containsKey(file.number());
                    case LOG -> file.number() >= state.logFloor() && file.number() <= state.lastLog();
                    case MANIFEST -> file.number() == currentManifest();
                    case CURRENT, IDENTITY, CHECKPOINT, MEMBERS -> true;
                })
                .orElse(name.equals(CurrentFile.NAME));
    }

    private long currentManifest() {
        try {
            return CurrentFile.read(healthy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with that name is nothing of ours if there is no manifest beside it. */
    @Test
    void aCurrentFileOfAnotherProgramIsForeign() {
        CrashDisk disk = new CrashDisk();
        disk.plant(CurrentFile.NAME, "MANIFEST-000001\n".getBytes(UTF_8));
        disk.plant("MANIFEST-000001", new byte[100]);
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> read(disk));
        assertEquals(OpenFailure.FOREIGN, e.reason());
    }

    /** A last segment that is cut off between two groups looks like one that never went on. */
    private boolean isTheEndOfTheLog(String name) throws IOException {
        return name.equals(lastSegment());
    }

    private String lastSegment() throws IOException {
        return segments().get(segments().size() - 1);
    }

    private List<String> segments() throws IOException {
        return healthy.list().stream().filter(each -> each.startsWith("log-")).toList();
    }

    @Test
    void everyLostFileIsAnErrorOrMakesNoDifference() throws IOException {
        for (String name : healthy.list()) {
            CrashDisk less = healthy.copy();
            less.lose(name);
            if (name.equals(CurrentFile.NAME)) {
                CannotOpenException e = assertThrows(CannotOpenException.class, () -> read(less));
                assertEquals(OpenFailure.MISSING, e.reason());
                continue;
            }
            boolean refused = isRefused(less, "without " + name);
            boolean counts = name.startsWith("table-") ? tables().contains(name) : !name.startsWith("log-");
            assertTrue(refused || name.equals(DataDirectory.LOCK_NAME) || !counts, name);
        }
    }

    /** Those that count. The loss of power brings back names of others, whose deletion nothing forced. */
    private List<String> tables() throws IOException {
        return Manifest.load(healthy).tables().keySet().stream()
                .map(number -> FileName.table(number).toString())
                .toList();
    }

    @Test
    void everyFlippedBitInASegmentThatHasASuccessorIsAnErrorOrMakesNoDifference() throws IOException {
        healthy = aKilledStoreWithSeveralSegments();
        contents = read(healthy.copy());
        List<String> logs = segments();
        assertTrue(logs.size() > 2, logs::toString);
        for (String name : logs.subList(0, logs.size() - 1)) {
            for (int offset = 0; offset < healthy.read(name).length; offset++) {
                CrashDisk rotten = healthy.copy();
                rotten.rot(name, offset, offset % 8);
                isRefused(rotten, name + " at " + offset);
            }
        }
    }

    /** Behind the last group is a voucher: written after the force, and read back unless the power goes soon after. */
    @Test
    void everyFlippedBitInTheLastGroupOfALogThatWasNotClosedIsAnErrorOrMakesNoDifference() throws IOException {
        healthy = aKilledStoreWithSeveralSegments();
        contents = read(healthy.copy());
        assertTrue(rotNoticedIn(lastSegment()) > 100);
    }

    /**
     * The log is killed between the start of a segment and its edit of the manifest. No voucher is behind the groups,
     * since the next one waited already. The segment says where the one before it ended.
     */
    @Test
    void everyFlippedBitBeforeASegmentThatTheManifestDoesNotNameIsAnErrorOrMakesNoDifference() throws IOException {
        healthy = aStoreKilledBeforeItAnnouncedASegment();
        contents = read(healthy.copy());
        assertTrue(rotNoticedIn(segments().get(segments().size() - 2)) > 100);
    }

    private static CrashDisk aStoreKilledBeforeItAnnouncedASegment() throws IOException {
        CrashDisk disk = new CrashDisk();
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        SeededThreads threads = new SeededThreads(new Random(1));
        Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
        disk.faults().fail(Operation.of(Operation.Kind.WRITE, "manifest-"));
        putLongValues(store, 3);
        threads.runLogOnly();
        disk.killProcess();
        disk.faults().fail(Operation.none());
        return disk;
    }

    @Test
    void zerosInPlaceOfTheLastGroupAreNoticed() throws IOException {
        healthy = aKilledStoreWithSeveralSegments();
        String last = lastSegment();
        int end = healthy.read(last).length;
        healthy.zero(last, 100, end - 100 - CrashedStore.TINY.disk().zeroAheadBytes() - 100);
        assertThrows(CorruptException.class, () -> read(healthy));
    }

    /** Without the force that ends a log its voucher is lost with the power, and rot looks like a torn end. */
    @Test
    void withoutTheForceAtTheEndOfALogRotInItsLastGroupGoesUnnoticed() throws IOException {
        CrashedStore made = new CrashedStore(5);
        made.open();
        made.work(20);
        long before = made.disk.operations();
        made.disk.faults().omit(operation -> operation.index() >= before);
        made.close();
        made.disk.losePower(Survivors.NOTHING, made.random());
        healthy = made.disk.copy();
        contents = read(healthy.copy());
        assertThrows(AssertionError.class, () -> rotNoticedIn(lastSegment()));
    }

    /** How many flips were refused. Fails if one changed an answer. */
    private int rotNoticedIn(String segment) throws IOException {
        int errors = 0;
        for (int offset = 0; offset < healthy.read(segment).length; offset++) {
            CrashDisk rotten = healthy.copy();
            rotten.rot(segment, offset, offset % 8);
            errors += isRefused(rotten, segment + " at " + offset) ? 1 : 0;
        }
        return errors;
    }

    @Test
    void blocksThatAreReadFromAnotherPlaceAreNoticed() throws IOException {
        for (String name : healthy.list()) {
            for (int shift : new int[] {128, 512}) {
                if (healthy.read(name).length > shift) {
                    CrashDisk misdirected = healthy.copy();
                    misdirected.faults().misdirectReads(name, shift);
                    isRefused(misdirected, name + " read " + shift + " bytes off");
                }
            }
        }
    }

    private static CrashDisk aKilledStoreWithSeveralSegments() throws IOException {
        CrashDisk disk = new CrashDisk();
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        SeededThreads threads = new SeededThreads(new Random(1));
        Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
        putLongValues(store, 9);
        threads.runLogOnly();
        disk.killProcess();
        return disk;
    }

    private static void putLongValues(Store store, int count) {
        for (int i = 1; i <= count; i++) {
            store.put(
                    Key.of("key-" + i),
                    new Record(new Version(i, 1, i, 0), Value.of("x".repeat(400))),
                    new RecordedCompletion());
        }
    }

    @Test
    void aMissingStoreIsNotTakenForAnEmptyOne() {
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> read(new CrashDisk()));
        assertEquals(OpenFailure.MISSING, e.reason());
    }

    @Test
    void anErrorNamesTheFileAndTheOffset() throws IOException {
        String table = tables().get(0);
        healthy.truncate(table, 100);
        CorruptException e = assertThrows(CorruptException.class, () -> read(healthy));
        assertTrue(e.getMessage().contains(table + " is corrupt at offset 100"), e::getMessage);
    }

    private boolean isRefused(CrashDisk disk, String what) throws IOException {
        try {
            assertEquals(contents, read(disk), what);
            return false;
        } catch (CorruptException e) {
            return true;
        } catch (RuntimeException | IOException e) {
            return fail(what + " gives " + e, e);
        }
    }

    private static Map<Key, Record> read(CrashDisk disk) throws IOException {
        SeededThreads threads = new SeededThreads(new Random(1));
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
            Map<Key, Record> found = new TreeMap<>();
            try (RecordIterator all = store.scan()) {
                while (all.advance()) {
                    found.put(all.key(), all.record());
                }
            }
            return found;
        }
    }
}
