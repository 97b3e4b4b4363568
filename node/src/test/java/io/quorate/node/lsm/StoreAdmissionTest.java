package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.StoreFigures.PauseFigures;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A store does what {@code WriteAdmission} decides, about the load that it really has. The test's threads take no time,
 * so all flushes and merges are fast.
 */
@Tag("faults")
class StoreAdmissionTest {
    private static final StoreOptions OPTIONS = CrashedStore.TINY.withBallastBytes(8 << 10);
    private static final int FROZEN_MAX = OPTIONS.memtables().frozenMax();

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private Store store;
    private long counter;

    private void open(StoreOptions options) throws IOException {
        disk.faults().roomBytes(1 << 20);
        directory = DataDirectory.create(disk);
        Store.create(directory);
        store = Store.open(directory, options, threads.forStore(), failure -> {
            throw failure;
        });
        threads.runAll();
        passSeconds(10);
    }

    private void passSeconds(int seconds) {
        for (int left = seconds; left > 0; left--) {
            threads.passTime();
            threads.runAll();
        }
    }

    private RecordedCompletion submit(Content content) {
        RecordedCompletion told = new RecordedCompletion();
        counter++;
        store.put(
                Key.of(String.format("key-%05d", counter * 7_919 % 1_000)),
                new Record(new Version(counter, 1, counter, 0), content),
                told);
        return told;
    }

    /** Bytes that do not compress. */
    private Value value() {
        byte[] bytes = new byte[50];
        new Random(counter).nextBytes(bytes);
        return Value.of(bytes, Value.DEFAULT_CONTENT_TYPE);
    }

    private void put() {
        RecordedCompletion told = submit(value());
        threads.runAll();
        assertEquals(Outcome.APPLIED, told.outcome());
    }

    /** While flushes and merges rest. */
    private RecordedCompletion putInMemory(Content content) {
        RecordedCompletion told = submit(content);
        threads.runLogOnly();
        return told;
    }

    private List<RecordedCompletion> putUntilStalled() {
        List<RecordedCompletion> waiting = new ArrayList<>();
        while (pauses().stalls() == 0) {
            waiting.add(putInMemory(value()));
        }
        waiting.removeIf(told -> told.outcome() == Outcome.APPLIED);
        waiting.add(putInMemory(value()));
        return waiting;
    }

    private PauseFigures pauses() {
        return store.statistics().figures().pauses();
    }

    private long frozen() {
        return store.statistics().figures().memtables().frozen();
    }

    private long tablesOfLevel0() {
        return store.statistics().compaction().levels().get(0).tableCount();
    }

    private void closeAll() throws IOException {
        directory.close();
        assertEquals(List.of(), disk.openNames());
    }

    private void takeAway(RefusedBecause shortage) {
        switch (shortage) {
            case OUT_OF_DESCRIPTORS -> disk.faults().findNoDescriptor(call -> true);
            case DISK_FULL -> disk.plant("filler", new byte[(int) disk.usableBytes()]);
            case OVERLOADED, STOPPED, CLOSING, NOT_ADMITTED, TOO_LARGE -> throw new AssertionError(shortage);
        }
    }

    /** It needs no memtable for that. Flushes wait for the end of the shortage, and that may never come. */
    @ParameterizedTest
    @CsvSource({
        // what is lacking, ballast in bytes, whether a flush of forgotten entries waits, whether the end waits already
        "OUT_OF_DESCRIPTORS, 8192, false, false",
        "OUT_OF_DESCRIPTORS, 8192, true,  false",
        "OUT_OF_DESCRIPTORS, 8192, false, true",
        "OUT_OF_DESCRIPTORS, 8192, true,  true",
        "DISK_FULL,             0, false, false",
        "DISK_FULL,             0, true,  false",
        "DISK_FULL,             0, false, true",
        "DISK_FULL,             0, true,  true",
    })
    void aStoreWithoutAMemtableClosesWhileAShortageLasts(
            RefusedBecause shortage, int ballastBytes, boolean flushWaits, boolean endWaits) throws IOException {
        open(OPTIONS.withBallastBytes(ballastBytes));
        List<RecordedCompletion> waiting = putUntilStalled();
        if (flushWaits) {
            store.flushForgotten(1);
        }
        takeAway(shortage);
        boolean[] closed = {false};
        if (!endWaits) {
            threads.runAll();
            assertEquals(FROZEN_MAX, frozen());
        }
        store.shutdown(() -> closed[0] = true);
        threads.runAll();
        waiting.forEach(told -> assertEquals(Optional.of(shortage), told.reason()));
        assertTrue(closed[0], "the store does not close");
        closeAll();
    }

    @Test
    void deletesThatWaitForAMemtableAreOneStallHoweverManyCome() throws IOException {
        open(OPTIONS);
        while (frozen() < FROZEN_MAX - 1) {
            putInMemory(value());
        }
        takeAway(RefusedBecause.DISK_FULL);
        RecordedCompletion refused = putInMemory(value());
        while (refused.outcome() == Outcome.APPLIED) {
            refused = putInMemory(value());
        }
        assertEquals(Optional.of(RefusedBecause.DISK_FULL), refused.reason());
        assertEquals(DiskSpace.DELETES_ONLY, store.diskSpace());
        RecordedCompletion waits = putInMemory(TOMBSTONE);
        while (waits.outcome() == Outcome.APPLIED) {
            waits = putInMemory(TOMBSTONE);
        }
        assertEquals(1, pauses().stalls());
        for (int i = 0; i < 10; i++) {
            assertEquals(Outcome.NONE_YET, putInMemory(TOMBSTONE).outcome());
            assertEquals(
                    Optional.of(RefusedBecause.DISK_FULL), putInMemory(value()).reason());
        }
        assertEquals(1, pauses().stalls());
    }

    /** Whatever ends meanwhile, a merge or the store's life: if there is no memtable, the stall goes on. */
    @Test
    void aStallIsOneHoweverOftenTheLogThreadLooksAgain() throws IOException {
        open(OPTIONS);
        while (tablesOfLevel0() < OPTIONS.compaction().tier().tablesMax()) {
            submitTen();
            threads.runAllButMerges();
        }
        assertEquals(0, pauses().stalls());
        List<RecordedCompletion> waiting = putUntilStalled();
        assertEquals(0, store.statistics().figures().compaction().merges());
        for (int steps = 0; steps < 200; steps++) {
            threads.runOneMerge();
            threads.runLogOnly();
        }
        assertTrue(store.statistics().figures().compaction().merges() > 0, "no merge has ended");
        assertEquals(1, pauses().stalls());
        store.shutdown(() -> {});
        threads.runLogOnly();
        assertEquals(1, pauses().stalls());
        threads.runAll();
        waiting.forEach(told -> assertEquals(Outcome.APPLIED, told.outcome()));
        closeAll();
    }

    @Test
    void aFlushOfForgottenEntriesWaitsForAMemtableAndLetsWritesPass() throws IOException {
        open(OPTIONS);
        while (frozen() < FROZEN_MAX) {
            putInMemory(value());
        }
        Key key = Key.of("forgotten");
        RecordedCompletion told = new RecordedCompletion();
        store.put(key, new Record(new Version(++counter, 1, counter, 0), TOMBSTONE).forgotten(1), told);
        store.flushForgotten(1);
        RecordedCompletion behind = putInMemory(value());
        assertEquals(FROZEN_MAX, frozen(), "each memtable needs memory of its own");
        assertEquals(Outcome.APPLIED, told.outcome());
        assertEquals(Outcome.APPLIED, behind.outcome());
        assertTrue(store.get(key).isForgotten(), "it is in memory");
        threads.runAll();
        assertEquals(Record.NEVER_WRITTEN, store.get(key), "it went to a table, and a merge dropped it");
    }

    @Test
    void aStoreThatClosesHasNoSpaceForNewWrites() throws IOException {
        open(OPTIONS);
        store.requireSpace(DiskSpace.ALL_WRITES);
        store.shutdown(() -> {});
        RefusedException refused =
                assertThrows(RefusedException.class, () -> store.requireSpace(DiskSpace.DELETES_ONLY));
        assertEquals(RefusedBecause.CLOSING, refused.reason());
    }

    /** The rate that is assumed at first would delay them. */
    @Test
    void writersFillTheLastMemtableAsFastAsFlushesWere() throws IOException {
        open(OPTIONS);
        for (int i = 0; i < 200; i++) {
            put();
        }
        assertTrue(store.statistics().figures().memtables().flushedBytes()
                > 10 * OPTIONS.memtables().bytes());
        long delays = pauses().delays();
        putUntilStalled();
        assertEquals(delays, pauses().delays());
    }

    @Test
    void aFlushThatMetAShortageDoesNotMakeWritersSlower() throws IOException {
        open(OPTIONS.withMemtables(new MemtableSizes(OPTIONS.memtables().bytes(), 1)));
        while (frozen() == 0) {
            putInMemory(value());
        }
        takeAway(RefusedBecause.OUT_OF_DESCRIPTORS);
        threads.runAll();
        assertEquals(1, frozen());
        threads.sleep(TimeUnit.HOURS.toMillis(1));
        long delayedMs = pauses().delayedMs();
        put();
        put();
        assertTrue(pauses().delayedMs() - delayedMs < 100, () -> pauses().toString());
    }

    @Test
    void whatWasAcceptedDoesNotWaitForMergesOnceTheStoreCloses() throws IOException {
        open(OPTIONS);
        bringMergesBehind();
        long delays = pauses().delays();
        boolean[] closed = {false};
        List<RecordedCompletion> accepted = submitTen();
        store.shutdown(() -> closed[0] = true);
        threads.runAllButMerges();
        accepted.forEach(told -> assertEquals(Outcome.APPLIED, told.outcome()));
        assertEquals(delays, pauses().delays());
        threads.runAll();
        assertTrue(closed[0], "the store does not close");
        closeAll();
    }

    /** Until writes are delayed, and another step of a merge would be needed to change that. */
    private void bringMergesBehind() {
        while (tablesOfLevel0() < OPTIONS.compaction().tier().tablesSlowest()) {
            submitTen();
            threads.runAllButMerges();
        }
        long before = pauses().delays();
        for (int steps = 0; steps < 20 && pauses().delays() == before; steps++) {
            threads.runOne();
            submitTen();
            threads.runAllButMerges();
        }
        assertTrue(pauses().delays() > before, "merges are not behind");
    }

    private List<RecordedCompletion> submitTen() {
        List<RecordedCompletion> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(submit(value()));
        }
        return ten;
    }
}
