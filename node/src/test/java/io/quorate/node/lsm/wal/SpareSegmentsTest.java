package io.quorate.node.lsm.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.CrashedStore;
import io.quorate.node.lsm.RecordedCompletion;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.options.StoreOptions;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The log finds its next segment ready, so that its forces write frames and no zeros. */
class SpareSegmentsTest {
    private static final int SEGMENT_BYTES = 1_000;
    private static final StoreOptions SMALL = CrashedStore.TINY.withMemtableBytes(4_000);

    private final CrashDisk disk = new CrashDisk();
    private final SpareSegments spares = new SpareSegments(disk, SEGMENT_BYTES);
    private long counter;

    @Test
    void anOldSegmentBecomesTheNextOne() throws IOException {
        disk.plant("log-000000000007", new byte[SEGMENT_BYTES]);
        spares.retire(7);
        assertFalse(spares.isEmpty());
        try (DiskFile file = spares.takeAs("log-000000000009")) {
            assertEquals(SEGMENT_BYTES, file.size());
        }
        assertEquals(List.of("log-000000000009"), disk.list());
        assertTrue(spares.isEmpty());
    }

    @Test
    void withoutASpareTheNextOneIsNew() throws IOException {
        try (DiskFile file = spares.takeAs("log-000000000009")) {
            assertEquals(0, file.size());
        }
    }

    @Test
    void aShortSegmentAndASecondOneAreDeleted() throws IOException {
        for (int number = 7; number <= 9; number++) {
            disk.plant("log-00000000000" + number, new byte[number == 7 ? SEGMENT_BYTES / 2 - 1 : SEGMENT_BYTES]);
            spares.retire(number);
        }
        assertEquals(List.of("log-000000000008"), disk.list());
    }

    private Store open(SeededThreads threads) throws IOException {
        return Store.open(DataDirectory.create(disk), SMALL, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void fillSegments(Store store, SeededThreads threads, int puts) {
        for (int left = puts; left > 0; left--) {
            counter++;
            Record record = new Record(new Version(counter, 1, counter, 0), Value.of("v".repeat(100)));
            store.put(Key.of("key-" + counter), record, new RecordedCompletion());
            threads.runAll();
        }
    }

    private List<String> created() {
        return disk.trace().stream()
                .filter(operation -> operation.kind() == Kind.CREATE)
                .map(Operation::name)
                .filter(name -> name.startsWith("log-"))
                .toList();
    }

    /** Both grew. All later segments are these two. */
    @Test
    void aNewStoreMakesTwoSegmentsAndWritesThemAgainAndAgain() throws IOException {
        Store.create(DataDirectory.create(disk));
        disk.killProcess();
        SeededThreads threads = new SeededThreads(new Random(1));
        fillSegments(open(threads), threads, 200);
        assertEquals(List.of("log-000000000001", "log-000000000002"), created());
        assertEquals(2, segments());
    }

    /** The start itself needs a new one: until the manifest is switched, a crash may need all old ones. */
    @Test
    void aRestartWritesIntoAnOldSegment() throws IOException {
        Store.create(DataDirectory.create(disk));
        disk.killProcess();
        SeededThreads threads = new SeededThreads(new Random(1));
        fillSegments(open(threads), threads, 200);
        disk.killProcess();
        SeededThreads again = new SeededThreads(new Random(1));
        Store store = open(again);
        assertEquals(1, created().size());
        assertEquals(3, segments(), "the one that the start made, and both old ones");
        String active = disk.list().stream()
                .filter(name -> name.startsWith("log-"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertTrue(disk.read(active).length > SMALL.memtables().bytes() / 2);
        fillSegments(store, again, 200);
        assertEquals(1, created().size(), () -> created().toString());
        assertEquals(2, segments());
    }

    private long segments() throws IOException {
        return disk.list().stream().filter(name -> name.startsWith("log-")).count();
    }
}
