package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Faults;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.inspect.Verification;
import io.quorate.node.lsm.inspect.VerificationFinding;
import io.quorate.node.lsm.inspect.VerificationFinding.Severity;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk reports a write as done. But it wrote to another place, or one sector keeps its old bytes. The next start
 * reports the damage. It never opens without an acknowledged write.
 */
class MisplacedWritesTest {
    private static final StoreOptions ROOMY = CrashedStore.TINY.withMemtableBytes(1 << 20);
    private static final String VALUE = "v".repeat(700);

    /** A way in which a disk does less than it reports. */
    enum Misplacement {
        FORWARD(faults -> writes -> faults.misdirectWrites(writes, 4_096)),
        BACK(faults -> writes -> faults.misdirectWrites(writes, -512)),
        SECTOR_NOT_WRITTEN(faults -> faults::loseFirstSector);

        private final Setting setting;

        Misplacement(Setting setting) {
            this.setting = setting;
        }

        private interface Setting {
            Writes of(Faults faults);
        }

        private interface Writes {
            void thatMatch(Predicate<Operation> writes);
        }

        void of(CrashDisk disk, Predicate<Operation> writes) {
            setting.of(disk.faults()).thatMatch(writes);
        }
    }

    private static Key key(int i) {
        return Key.of("key-" + i);
    }

    private static Record record(int i) {
        return new Record(new Version(i, 1, i, 0), Value.of(VALUE + i));
    }

    private static void put(Store store, SeededThreads threads, int i) {
        RecordedCompletion completion = new RecordedCompletion();
        store.put(key(i), record(i), completion);
        threads.runAll();
        assertEquals(RecordedCompletion.Outcome.APPLIED, completion.outcome());
    }

    /** The voucher of the first group stays in the place of the second group. */
    @ParameterizedTest
    @EnumSource
    void aVoucherThatTheNextGroupDidNotOverwriteHidesNoLaterGroup(Misplacement misplacement) throws IOException {
        CrashDisk disk = new CrashDisk();
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        SeededThreads threads = new SeededThreads(new Random(1));
        Store store = Store.open(directory, ROOMY, threads.forStore(), failure -> {});
        put(store, threads, 1);
        long before = disk.operations();
        misplacement.of(disk, Operation.at(before));
        for (int i = 2; i <= 5; i++) {
            put(store, threads, i);
        }
        disk.killProcess();
        misplacement.of(disk, Operation.none());

        assertThrows(CorruptException.class, () -> reopen(disk));
        assertTrue(findings(disk).stream().anyMatch(found -> found.severity() == Severity.DAMAGE));
    }

    @ParameterizedTest
    @EnumSource
    void aVoucherThatTheNextEditDidNotOverwriteHidesNoLaterEdit(Misplacement misplacement) throws IOException {
        CrashDisk disk = new CrashDisk();
        Manifest manifest = Manifest.start(disk, new FileNumbers(1), ManifestState.EMPTY);
        manifest.flushed(new TableFile(2, 1_000), 1);
        misplacement.of(disk, Operation.at(disk.operations()));
        for (int table = 3; table <= 6; table++) {
            manifest.flushed(new TableFile(table, 1_000), 1);
        }
        disk.killProcess();
        assertThrows(CorruptException.class, () -> Manifest.load(disk));
    }

    /** One write of a whole life is misplaced: of the log, the manifest, a table or CURRENT. */
    @ParameterizedTest
    @EnumSource
    void whereverAWriteGoesNothingAcknowledgedIsMissing(Misplacement misplacement) throws IOException {
        int refused = 0;
        boolean more = true;
        for (int nth = 0; more; nth++) {
            CrashDisk disk = new CrashDisk();
            DataDirectory directory = DataDirectory.create(disk);
            Store.create(directory);
            long at = disk.operations() + nth;
            misplacement.of(disk, Operation.at(at));
            Map<Key, Record> acknowledged = work(directory);
            more = disk.operations() > at;
            String what = misplacement + " of operation " + at + "\n" + disk.story();
            disk.killProcess();
            misplacement.of(disk, Operation.none());
            refused += isRefused(disk, acknowledged, what) ? 1 : 0;
        }
        assertTrue(refused > 3, refused + " times refused");
    }

    /** Goes on until all is done, or the store finds the damage itself. */
    private static Map<Key, Record> work(DataDirectory directory) throws IOException {
        Map<Key, Record> acknowledged = new TreeMap<>();
        SeededThreads threads = new SeededThreads(new Random(1));
        Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
        for (int i = 1; i <= 24; i++) {
            RecordedCompletion completion = new RecordedCompletion();
            Record record = new Record(new Version(i, 1, i, 0), Value.of("v".repeat(200) + i));
            store.put(key(i % 9), record, completion);
            threads.runAll();
            if (completion.outcome() == RecordedCompletion.Outcome.APPLIED) {
                acknowledged.put(key(i % 9), record);
            }
        }
        return acknowledged;
    }

    private static boolean isRefused(CrashDisk disk, Map<Key, Record> acknowledged, String what) throws IOException {
        SeededThreads threads = new SeededThreads(new Random(1));
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Store store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {});
            Map<Key, Record> found = new TreeMap<>();
            try (RecordIterator all = store.scan()) {
                while (all.advance()) {
                    found.put(all.key(), all.record());
                }
            }
            assertEquals(acknowledged, found, what);
            return false;
        } catch (CorruptException e) {
            return true;
        }
    }

    private static List<VerificationFinding> findings(CrashDisk disk) throws IOException {
        List<VerificationFinding> findings = new ArrayList<>();
        Verification.run(disk, findings::add, (name, bytes) -> {});
        return findings;
    }

    private static Store reopen(CrashDisk disk) throws IOException {
        SeededThreads threads = new SeededThreads(new Random(1));
        try (DataDirectory directory = DataDirectory.open(disk)) {
            return Store.open(directory, ROOMY, threads.forStore(), failure -> {});
        }
    }
}
