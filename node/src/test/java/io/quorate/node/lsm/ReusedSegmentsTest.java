package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log writes its old segments again, also those of an earlier life, but none that a crash may need. */
class ReusedSegmentsTest {
    private static final StoreOptions SMALL = CrashedStore.TINY.withMemtableBytes(4_000);

    private final CrashDisk disk = new CrashDisk();
    private SeededThreads threads = new SeededThreads(new Random(1));
    private long counter;

    @BeforeEach
    void anEmptyStore() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        disk.killProcess();
        disk.watch(operation -> DurableManifest.check(disk, operation));
    }

    private Store open() throws IOException {
        threads = new SeededThreads(new Random(1));
        return Store.open(DataDirectory.open(disk), SMALL, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void fillSegments(Store store) {
        for (int left = 200; left > 0; left--) {
            counter++;
            Record record = new Record(new Version(counter, 1, counter, 0), Value.of("v".repeat(100)));
            store.put(Key.of("key-" + counter), record, new RecordedCompletion());
            threads.runAll();
        }
    }

    private List<String> segments() throws IOException {
        return disk.list().stream().filter(name -> name.startsWith("log-")).toList();
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
        fillSegments(open());
        assertEquals(List.of("log-000000000001", "log-000000000002"), created());
        assertEquals(2, segments().size());
    }

    /** The start itself needs a new one: until the manifest is switched, a crash may need all old ones. */
    @Test
    void aRestartWritesIntoAnOldSegmentAndKeepsAnother() throws IOException {
        fillSegments(open());
        disk.killProcess();
        Store store = open();
        assertEquals(1, created().size());
        assertEquals(3, segments().size(), "the one that the start made, and both old ones");
        String active = segments().get(2);
        assertTrue(disk.read(active).length > SMALL.memtables().bytes() / 2);
        fillSegments(store);
        assertEquals(1, created().size(), () -> created().toString());
        assertEquals(2, segments().size());
    }

    /** Without a descriptor or space for the switch of segments, the log goes on in the one that the start made. */
    @Test
    void aStartThatCannotReuseASegmentGoesOnWithoutIt() throws IOException {
        fillSegments(open());
        disk.killProcess();
        disk.faults().findNoRoom(Operation.of(Kind.RENAME, "log-"), new Random(1));
        Store store = open();
        disk.faults().findNoRoom(Operation.none(), new Random(1));
        fillSegments(store);
        assertEquals(
                Value.of("v".repeat(100)), store.get(Key.of("key-" + counter)).content());
    }
}
