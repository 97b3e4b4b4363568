package io.quorate.node.lsm.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.CrashedStore;
import io.quorate.node.lsm.Overlap;
import io.quorate.node.lsm.RecordedCompletion;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two compaction threads look for a merge at the same time. */
@Timeout(20)
class ConcurrentClaimsTest {
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private final Queue<Runnable> compaction = new ArrayDeque<>();
    private final AtomicReference<Runnable> whileChoosing = new AtomicReference<>(() -> {});
    private final CrashDisk disk = new CrashDisk();
    private long version;

    /** A merge's plan depends on the time. So the compactor asks for it while it chooses. */
    private final Clock clock = new Clock() {
        @Override
        public long wallMs() {
            whileChoosing.get().run();
            return threads.wallMs();
        }

        @Override
        public long monotonicNs() {
            return threads.monotonicNs();
        }
    };

    private Store open() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        StoreThreads seeded = threads.forStore();
        StoreThreads held =
                new StoreThreads(seeded.log(), seeded.maintenance(), compaction::add, seeded.timers(), clock);
        return Store.open(DataDirectory.open(disk), CrashedStore.TINY, held, failure -> {
            throw failure;
        });
    }

    @Test
    void noTableIsMergedTwice() throws Exception {
        Store store = open();
        while (compaction.size() < 5) {
            Key key = Key.of("key-" + version % 5);
            Record record = new Record(new Version(++version, 1, version, 0), Value.of("v".repeat(60) + version));
            store.put(key, record, new RecordedCompletion());
            threads.runAll();
        }
        Runnable first = compaction.remove();
        Runnable second = compaction.remove();
        Overlap overlap = new Overlap(second::run);
        whileChoosing.set(overlap::hold);
        overlap.run(first::run);
        while (!compaction.isEmpty()) {
            compaction.remove().run();
            threads.runAll();
        }
        assertTrue(store.statistics().compaction().figures().merges() > 0, "no merge ran");
        assertEquals(5, keys(store));
    }

    private static int keys(Store store) {
        int keys = 0;
        try (RecordIterator scan = store.scan()) {
            for (; scan.advance(); keys++) {}
        }
        return keys;
    }
}
