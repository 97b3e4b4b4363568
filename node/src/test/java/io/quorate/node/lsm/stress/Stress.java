package io.quorate.node.lsm.stress;

import io.quorate.common.model.Direction;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.crashdisk.UnforcedDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.inspect.Verification;
import io.quorate.node.lsm.inspect.VerificationFinding;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.BlockSizes;
import io.quorate.node.lsm.options.StoreOptions.DiskReserve;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Lives of one store, one after the other. In each, two writers, a getter, a scanner, and a thread that makes, opens
 * and verifies checkpoints work side by side. Then the store is closed, verified and opened again.
 *
 * <p>Files are not forced, since nothing crashes here. So the disk sets no pace, and more overlaps.
 */
final class Stress {
    private static final int WRITERS = 2;
    private static final long LIFE_MS = 2_500;
    private static final StoreOptions TINY = new StoreOptions(
            new MemtableSizes(32 << 10, 2),
            new WriteLimits(8 << 20, 8 << 10, 4 << 10),
            new BlockSizes(1 << 10, 64 << 10),
            new CompactionOptions(
                    16 << 10,
                    new TierLimits(2, 4, 8, 12),
                    new LevelSizes(64 << 10, 4),
                    new MergeWork(2, 2, 4 << 10, 64 << 20),
                    new DebtLimits(1 << 20, 4 << 20, 64 << 20),
                    0),
            new DiskReserve(64 << 10, 0),
            4 << 10);

    private final Path folder;
    private final Random seeds;
    private final Pairs pairs = new Pairs();
    private final StressCounts counts = new StressCounts();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    Stress(Path folder, long seed) {
        this.folder = folder;
        this.seeds = new Random(seed);
    }

    StressCounts counts() {
        return counts;
    }

    /** Runs lives until the time is over. Throws what went wrong first. */
    void run(long seconds) throws Exception {
        Disk disk = UnforcedDisk.of(new RealDisk(folder.resolve("store")));
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < endNs) {
            live(disk, Math.min(LIFE_MS, TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime())));
            requireHealthy(disk);
        }
    }

    private void live(Disk disk, long ms) throws Exception {
        try (StressThreads threads = new StressThreads();
                DataDirectory directory = DataDirectory.open(disk);
                Store store = open(directory, threads)) {
            Life life = new Life(store, pairs, counts, this::fail);
            life.scan(Direction.ASCENDING);
            over = false;
            List<Thread> workers = workers(life, store, threads);
            workers.forEach(Thread::start);
            long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
            while (System.nanoTime() < endNs && failure.get() == null) {
                workers.get(0).join(20);
            }
            over = true;
            for (Thread worker : workers) {
                worker.join();
            }
            throwFailure();
            life.awaitWrites();
            life.scan(Direction.DESCENDING);
            counts.add(store.statistics());
        }
        throwFailure();
    }

    private void fail(Throwable defect) {
        failure.compareAndSet(null, defect);
    }

    private void throwFailure() {
        if (failure.get() != null) {
            throw new AssertionError("the store broke its promise", failure.get());
        }
    }

    private Store open(DataDirectory directory, StressThreads threads) throws IOException {
        return Store.open(directory, TINY, threads.forStore(), this::fail);
    }

    private List<Thread> workers(Life life, Store store, StressThreads threads) {
        List<Thread> workers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            workers.add(worker("writer", random -> life.write(random, number, WRITERS)));
        }
        workers.add(worker("getter", life::get));
        workers.add(worker(
                "scanner", random -> life.scan(random.nextBoolean() ? Direction.ASCENDING : Direction.DESCENDING)));
        workers.add(worker("checkpoints", random -> checkpoint(life, store, threads)));
        return workers;
    }

    private interface Work {
        void doOne(Random random);
    }

    private Thread worker(String name, Work work) {
        Random random = new Random(seeds.nextLong());
        return new Thread(
                () -> {
                    try {
                        while (!over && failure.get() == null) {
                            work.doOne(random);
                        }
                    } catch (RuntimeException | Error e) {
                        fail(e);
                    }
                },
                name);
    }

    private void checkpoint(Life life, Store store, StressThreads threads) {
        Path copy = folder.resolve("checkpoint");
        RealDisk target = new RealDisk(copy);
        long[] floors = pairs.floors();
        try {
            target.createDirectory();
            store.checkpoint(target);
            try (DataDirectory directory = DataDirectory.open(target);
                    Store opened = open(directory, threads)) {
                life.requireWholePairs("a checkpoint", opened, Direction.ASCENDING, floors);
            }
            requireHealthy(target);
            delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        counts.checkpoints.increment();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void requireHealthy(Disk disk) throws IOException {
        List<VerificationFinding> findings = new ArrayList<>();
        Verification.run(disk, findings::add, (name, bytes) -> {});
        if (!findings.isEmpty()) {
            throw new AssertionError("a closed store is damaged: " + findings);
        }
    }
}
