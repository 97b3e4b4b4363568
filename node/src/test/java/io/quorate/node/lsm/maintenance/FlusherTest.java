package io.quorate.node.lsm.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.recovery.Recovery;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How fast the disk looks by its flushes. Writers are delayed by that. */
class FlusherTest {
    private static final int MEMTABLE_BYTES = 1 << 20;
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULTS.withMemtableBytes(MEMTABLE_BYTES).withBlockCacheBytes(0);
    private static final double ASSUMED = OPTIONS.compaction().debt().firstBytesPerSecond();
    private static final long FORCE_MS = 15;

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private OpenStore store;
    private Flusher flusher;
    private long versions;

    @BeforeEach
    void anEmptyStore() throws IOException {
        Store.create(DataDirectory.create(disk));
        store = OpenStore.of(
                disk,
                OPTIONS,
                threads.forStore(),
                new NoWakeups(),
                failure -> {
                    throw failure;
                },
                Recovery.run(disk, OPTIONS, 0, Runnable::run));
        flusher = new Flusher(store, new Compactor(store), new FilterLoading(store));
        disk.watch(operation -> threads.sleep(operation.kind() == Kind.FORCE ? FORCE_MS : 0));
    }

    /** No writer waits here. */
    private record NoWakeups() implements Wakeups {
        @Override
        public void resumeWriters() {}

        @Override
        public void probeSpace() {}
    }

    /** Returns how many bytes a second the flush made. */
    private double flush(long bytes) throws IOException {
        Memtable memtable = store.live().current().active();
        while (memtable.bytes() < bytes) {
            Key key = Key.of("key-" + ++versions);
            memtable.put(key, new Record(new Version(versions, 1, versions, 0), Value.of("v".repeat(1_000))), versions);
        }
        long flushed = memtable.bytes();
        long number = store.recovered().log().rotate(store.recovered().manifest()::logStarted);
        Memtable next = new Memtable(number, store.recovered().memory());
        store.live().update(view -> view.rotate(next));
        next.release();
        long beganNs = threads.monotonicNs();
        flusher.flushSoon();
        threads.runAllButMerges();
        assertEquals(0, store.live().current().frozen().size());
        return flushed * 1e9 / (threads.monotonicNs() - beganNs);
    }

    @Test
    void theFlushOfAFullMemtableCountsHalf() throws IOException {
        double measured = flush(MEMTABLE_BYTES);
        assertEquals((ASSUMED + measured) / 2, flusher.bytesPerSecond(), ASSUMED / 100);
    }

    /** The forces take most of the time of such a flush, not its bytes. */
    @Test
    void smallFlushesDoNotMakeTheDiskLookSlow() throws IOException {
        for (int i = 0; i < 10; i++) {
            double measured = flush(MEMTABLE_BYTES / 200);
            assertTrue(measured < ASSUMED / 10, "a flush made " + measured + " bytes a second");
        }
        assertTrue(flusher.bytesPerSecond() > ASSUMED * 0.9, () -> flusher.bytesPerSecond() + " of " + ASSUMED);
    }
}
