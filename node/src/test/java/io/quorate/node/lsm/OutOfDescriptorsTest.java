package io.quorate.node.lsm;

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
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.OutOfDescriptorsException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process without a free file descriptor. It does nothing that needs one, and goes on by itself. */
@Tag("faults")
class OutOfDescriptorsTest {
    private static final StoreOptions OPTIONS = CrashedStore.TINY.withBallastBytes(1 << 10);

    private final CrashDisk disk = new CrashDisk();
    private final Map<Key, Record> acknowledged = new TreeMap<>();
    private final List<Boolean> shortages = new ArrayList<>();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private Store store;
    private long counter;

    @BeforeEach
    void aStore() throws IOException {
        disk.faults().roomBytes(1 << 20);
        directory = DataDirectory.create(disk);
        Store.create(directory);
        store = Store.open(directory, OPTIONS, threads.forStore(), failure -> {
            throw failure;
        });
        store.onDescriptorShortage(shortage -> shortages.add(shortage.isPresent()));
        threads.runAll();
    }

    private void takeAllDescriptors() {
        disk.faults().findNoDescriptor(call -> true);
    }

    private void giveDescriptorsBack() {
        disk.faults().findNoDescriptor(call -> false);
        for (int probes = 0; probes < 3; probes++) {
            threads.passTime();
            threads.runAll();
        }
    }

    private RecordedCompletion put() {
        Key key = Key.of("key-" + counter % 50);
        Record record = new Record(new Version(++counter, 1, counter, 0), Value.of("v".repeat(50) + counter));
        RecordedCompletion told = new RecordedCompletion();
        store.put(key, record, told);
        threads.runAll();
        if (told.outcome() == Outcome.APPLIED) {
            acknowledged.put(key, record);
        }
        return told;
    }

    private RecordedCompletion putUntilRefused() {
        RecordedCompletion told = put();
        for (int left = 100; told.outcome() == Outcome.APPLIED && left > 0; left--) {
            told = put();
        }
        return told;
    }

    private void assertAllAcknowledgedIsThere() {
        acknowledged.forEach((key, record) -> assertEquals(record, store.get(key)));
    }

    private void assertAllGoesOn() throws IOException {
        giveDescriptorsBack();
        assertFalse(store.isOutOfDescriptors());
        for (int i = 0; i < 200; i++) {
            assertEquals(Outcome.APPLIED, put().outcome());
        }
        assertEquals(0, store.statistics().figures().memtables().frozen());
        assertAllAcknowledgedIsThere();
        store.shutdown(() -> {});
        threads.runAll();
        directory.close();
        assertEquals(List.of(), disk.openNames());
    }

    @Test
    void withoutADescriptorForTheNextLogSegmentWritesAreRefusedAndReadsGoOn() throws IOException {
        takeAllDescriptors();
        assertEquals(Outcome.APPLIED, put().outcome(), "the present segment needs none");
        RecordedCompletion refused = putUntilRefused();

        assertEquals(Outcome.REFUSED, refused.outcome());
        assertEquals(Optional.of(RefusedBecause.OUT_OF_DESCRIPTORS), refused.reason());
        assertEquals(Optional.of(RefusedBecause.OUT_OF_DESCRIPTORS), put().reason());
        assertThrows(RefusedException.class, () -> store.requireSpace(DiskSpace.DELETES_ONLY));
        assertTrue(store.isOutOfDescriptors());
        assertTrue(store.statistics().descriptors().lasts());
        assertEquals(DiskSpace.ALL_WRITES, store.diskSpace());
        assertAllAcknowledgedIsThere();

        assertAllGoesOn();
        assertEquals(List.of(true, false), shortages, "each change is reported once");
    }

    @Test
    void writersThatAlreadyWaitForAFlushAreRefusedToo() throws IOException {
        List<RecordedCompletion> waiting = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            RecordedCompletion told = new RecordedCompletion();
            waiting.add(told);
            store.put(
                    Key.of("waits-" + i),
                    new Record(new Version(++counter, 1, counter, 0), Value.of("v".repeat(50))),
                    told);
            threads.runLogOnly();
        }
        assertEquals(Optional.empty(), waiting.get(59).reason());
        takeAllDescriptors();
        threads.runAll();
        assertEquals(
                Optional.of(RefusedBecause.OUT_OF_DESCRIPTORS), waiting.get(59).reason());
        assertAllGoesOn();
    }

    /** With one memtable that may be frozen, only its flush lets writers go on. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void writersThatWaitForTheOnlyFlushGoOnWhereverItLacksADescriptor(int missing) throws IOException {
        reopenWithOneFrozenMemtable();
        List<RecordedCompletion> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RecordedCompletion told = new RecordedCompletion();
            waiting.add(told);
            store.put(
                    Key.of("waits-" + i),
                    new Record(new Version(++counter, 1, counter, 0), Value.of("v".repeat(50))),
                    told);
        }
        threads.runLogOnly();
        assertEquals(Outcome.NONE_YET, waiting.get(19).outcome());
        long first = disk.descriptorCalls() + missing;
        disk.faults().findNoDescriptor(call -> call == first);
        threads.runAll();
        giveDescriptorsBack();
        assertTrue(waiting.stream().noneMatch(told -> told.outcome() == Outcome.NONE_YET), "writers still wait");
    }

    private void reopenWithOneFrozenMemtable() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        StoreOptions one =
                OPTIONS.withMemtables(new MemtableSizes(OPTIONS.memtables().bytes(), 1));
        store = Store.open(directory, one, threads.forStore(), failure -> {
            throw failure;
        });
        threads.runAll();
    }

    @Test
    void aStoreClosesWithoutADescriptor() throws IOException {
        takeAllDescriptors();
        putUntilRefused();
        boolean[] closed = {false};
        store.shutdown(() -> closed[0] = true);
        threads.runAll();
        assertTrue(closed[0]);
        directory.close();
        assertEquals(List.of(), disk.openNames());
    }

    /** The calls from some call on find no descriptor, a few of them or many. Then the power goes, or not. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 7", "5, 40"})
    void noWriteIsLostOrComesBackWhereverDescriptorsAreLacking(long seed, long calls) throws IOException {
        boolean more = true;
        for (int first = 0; more; first++) {
            CrashedStore crashed = new CrashedStore(seed);
            try {
                more = runOutOfDescriptors(crashed, first, calls, Survivors.values()[first % 5]);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", no descriptor at " + first + "\n" + crashed.disk.story(), e);
            }
        }
    }

    private static boolean runOutOfDescriptors(CrashedStore crashed, int first, long calls, Survivors survivors)
            throws IOException {
        crashed.open();
        long from = crashed.disk.descriptorCalls() + first;
        crashed.disk.faults().findNoDescriptor(call -> call >= from && call < from + calls);
        crashed.work(18);
        boolean met = crashed.disk.descriptorCalls() > from;
        crashed.passTime();
        crashed.work(10);
        assertFalse(crashed.isStopped(), "a shortage is no reason to stop");
        crashed.disk.faults().findNoDescriptor(call -> false);
        crashed.passTime();
        crashed.passTime();
        crashed.work(10);
        assertFalse(crashed.store.isOutOfDescriptors());
        crashed.disk.losePower(survivors, crashed.random());
        crashed.open();
        crashed.verify();
        crashed.work(5);
        crashed.close();
        return met;
    }

    /** Such a start fails. The next one finds everything. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aStartWithoutADescriptorLosesNothing(long seed) throws IOException {
        boolean failed = true;
        for (int missing = 0; failed; missing++) {
            CrashedStore crashed = new CrashedStore(seed);
            crashed.open();
            crashed.work(30);
            crashed.disk.killProcess();
            failed = failsToStart(crashed, missing);
            crashed.disk.losePower(Survivors.values()[missing % 5], crashed.random());
            crashed.open();
            crashed.verify();
            crashed.work(5);
            crashed.close();
        }
    }

    private static boolean failsToStart(CrashedStore crashed, int missing) throws IOException {
        crashed.disk.faults().findNoDescriptor(call -> call == missing);
        try {
            crashed.open();
            return crashed.disk.descriptorCalls() > missing;
        } catch (OutOfDescriptorsException e) {
            assertEquals(List.of(), crashed.disk.openNames());
            return true;
        } finally {
            crashed.disk.faults().findNoDescriptor(call -> false);
        }
    }
}
