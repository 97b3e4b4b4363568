package io.quorate.node.lsm.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.ObservedDisk;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start opens all tables, whatever the other threads do. */
class TableOpeningTest {
    private static final int TABLES = 12;

    private final CrashDisk disk = new CrashDisk();
    private final List<PlacedFile> placed = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<PlacedTable> opened = new ArrayList<>();
    private final ExecutorService helpers = Executors.newFixedThreadPool(3);

    @BeforeEach
    void tables() throws IOException {
        for (int number = 1; number <= TABLES; number++) {
            TableWriter writer = TableWriter.create(disk, number, 512);
            writer.add(Key.of("key-" + number), new Record(new Version(number, 1, 1, 0), Value.of("v")));
            placed.add(new PlacedFile(writer.finish(), number % 3));
        }
    }

    @AfterEach
    void endOfTheHelpers() {
        helpers.shutdownNow();
    }

    private TableOpening opening(Disk observed) {
        return new TableOpening(new TableFiles(observed, StoreOptions.DEFAULTS, new FileNumbers(TABLES + 1)), placed);
    }

    private void assertAllOpened() {
        assertEquals(placed, opened.stream().map(PlacedTable::file).toList());
        assertEquals(TABLES, disk.openFiles());
    }

    @Test
    void theStartOpensAllIfNoOtherThreadIsFree() throws IOException {
        opening(disk).run(later::add, opened);
        assertAllOpened();
        later.forEach(Runnable::run);
        assertEquals(TABLES, disk.openFiles());
    }

    @Test
    void allAreOpenedIfAnotherThreadIsFaster() throws IOException {
        opening(disk).run(Runnable::run, opened);
        assertAllOpened();
    }

    /** Each of three threads opens a table, and none goes on before all three do. */
    @Test
    void otherThreadsOpenTablesAtTheSameTime() throws IOException {
        CyclicBarrier allThree = new CyclicBarrier(3);
        opening(ObservedDisk.of(disk, (call, file) -> {
                    if (call.equals("open")) {
                        await(allThree);
                    }
                }))
                .run(helpers, opened);
        assertAllOpened();
    }

    /** Another thread opens the last table only when the start waits, or when it is over. */
    @Test
    void theStartWaitsForTheTablesOfOthers() throws IOException {
        Thread start = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch taken = new CountDownLatch(1);
        Disk observed = ObservedDisk.of(disk, (call, file) -> {
            if (call.equals("open") && Thread.currentThread() == start) {
                await(taken);
            } else if (call.equals("open")) {
                taken.countDown();
                while (start.getState() != Thread.State.WAITING && !over.get()) {
                    Thread.onSpinWait();
                }
            }
        });
        try {
            opening(observed).run(helpers, opened);
            assertAllOpened();
        } finally {
            over.set(true);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("no other thread opens a table");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException("no other thread opens a table", e);
        }
    }

    @Test
    void theFirstFailureEndsItAndTheCallerGetsWhatIsOpen() {
        disk.lose(FileName.table(TABLES / 2).toString());
        assertThrows(CorruptException.class, () -> opening(disk).run(later::add, opened));
        assertEquals(
                LongStream.range(1, TABLES / 2).boxed().toList(),
                opened.stream().map(PlacedTable::number).toList());
        later.forEach(Runnable::run);
        assertEquals(opened.size(), disk.openFiles());
    }

    @Test
    void aFailureOnAnotherThreadReachesTheStart() {
        disk.lose(FileName.table(TABLES).toString());
        assertThrows(CorruptException.class, () -> opening(disk).run(helpers, opened));
        assertEquals(opened.size(), disk.openFiles());
    }
}
