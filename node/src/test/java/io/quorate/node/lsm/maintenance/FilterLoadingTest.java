package io.quorate.node.lsm.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.ObservedDisk;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.table.FilterStatistics;
import io.quorate.node.lsm.table.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four tables, each with a filter of one line, in the levels 6, 0, 6 and 1. */
class FilterLoadingTest {
    private static final int[] LEVELS = {6, 0, 6, 1};
    private static final long FILTER_BYTES = 64;

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private final List<String> filesRead = new ArrayList<>();
    private Consumer<String> whileReading = file -> {};
    private final List<StoreException> failures = new ArrayList<>();

    @BeforeEach
    void tables() throws IOException {
        SortedMap<Long, PlacedFile> placed = new TreeMap<>();
        for (int i = 0; i < LEVELS.length; i++) {
            long number = i + 1;
            TableWriter writer = TableWriter.create(disk, number, 512);
            writer.add(Key.of("key-" + number), new Record(new Version(number, 1, 1, 0), Value.of("v")));
            placed.put(number, new PlacedFile(writer.finish(), LEVELS[i]));
        }
        Manifest.start(disk, new FileNumbers(10), new ManifestState(placed, 1, 0, 10))
                .close();
    }

    private OpenStore open(StoreOptions options) throws IOException {
        Disk observed = ObservedDisk.of(disk, this::observe);
        OpenStore store = OpenStore.of(
                observed,
                options,
                threads.forStore(),
                new NoWakeups(),
                failures::add,
                Recovery.run(observed, options, 0, Runnable::run));
        filesRead.clear();
        return store;
    }

    private void observe(String call, String file) {
        boolean begins =
                filesRead.isEmpty() || !filesRead.get(filesRead.size() - 1).equals(file);
        if (call.equals("readFully") && begins) {
            filesRead.add(file);
            whileReading.accept(file);
        }
    }

    private record NoWakeups() implements Wakeups {
        @Override
        public void resumeWriters() {}

        @Override
        public void probeSpace() {}
    }

    private static FilterStatistics filters(OpenStore store) {
        return store.recovered().files().filters().statistics();
    }

    @Test
    void filtersAreReadAfterTheStartThoseOfTheUpperLevelsFirst() throws IOException {
        OpenStore store = open(StoreOptions.DEFAULTS);
        assertEquals(new FilterStatistics(0, 0), filters(store));
        new FilterLoading(store).begin();
        threads.runAll();
        assertEquals(List.of(name(2), name(4), name(1), name(3)), filesRead);
        assertEquals(new FilterStatistics(4 * FILTER_BYTES, 0), filters(store));
    }

    private static String name(long table) {
        return FileName.table(table).toString();
    }

    @Test
    void filtersThatFindNoRoomAreNotRead() throws IOException {
        OpenStore store = open(StoreOptions.DEFAULTS.withFilterBytesMax(3 * FILTER_BYTES));
        new FilterLoading(store).begin();
        threads.runAll();
        assertEquals(List.of(name(2), name(4)), filesRead, "the bottom leaves a quarter to the others");
        assertEquals(new FilterStatistics(2 * FILTER_BYTES, 2), filters(store));
    }

    @Test
    void nothingIsReadOnceTheStoreIsClosed() throws IOException {
        OpenStore store = open(StoreOptions.DEFAULTS);
        new FilterLoading(store).begin();
        store.live().close();
        threads.runAll();
        assertEquals(List.of(), filesRead);
        assertEquals(List.of(), failures);
    }

    @Test
    void damageStopsTheStoreAsThatOfAMergeDoes() throws IOException {
        OpenStore store = open(StoreOptions.DEFAULTS);
        String damaged = name(4);
        for (int offset = 0; offset < disk.read(damaged).length; offset += 8) {
            disk.rot(damaged, offset, 1);
        }
        new FilterLoading(store).begin();
        threads.runAll();
        assertEquals(List.of(name(2), name(4)), filesRead);
        assertEquals(
                List.of(CorruptException.class),
                failures.stream().map(Object::getClass).toList());
    }

    /** The second filter is being read when the store wants to close. */
    @Test
    void theStoreClosesAfterTheFilterThatIsBeingRead() throws IOException {
        OpenStore store = open(StoreOptions.DEFAULTS);
        FilterLoading loading = new FilterLoading(store);
        List<Integer> closedAfter = new ArrayList<>();
        whileReading = file -> {
            if (file.equals(name(4))) {
                loading.stop(() -> closedAfter.add(filesRead.size()));
                assertEquals(List.of(), closedAfter);
            }
        };
        loading.begin();
        threads.runAll();
        assertEquals(List.of(name(2), name(4)), filesRead);
        assertEquals(List.of(2), closedAfter);
        assertEquals(new FilterStatistics(2 * FILTER_BYTES, 0), filters(store));
    }

    @Test
    void aStoreWithoutLoadingClosesAtOnce() throws IOException {
        FilterLoading loading = new FilterLoading(open(StoreOptions.DEFAULTS));
        List<String> closed = new ArrayList<>();
        loading.stop(() -> closed.add("before it began"));
        assertEquals(1, closed.size());
    }

    @Test
    void aStoreWhoseFiltersAreReadClosesAtOnce() throws IOException {
        FilterLoading loading = new FilterLoading(open(StoreOptions.DEFAULTS));
        loading.begin();
        threads.runAll();
        List<String> closed = new ArrayList<>();
        loading.stop(() -> closed.add("at the end"));
        assertEquals(1, closed.size());
    }
}
