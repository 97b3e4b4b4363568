package io.quorate.node.convergence.antientropy.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock stands still, so that each rest shows as it is. */
class PacedReaderTest {
    private static final ReadPace PACE = new ReadPace(86_400_000, 32 << 20);
    private static final long READ = 32 << 20;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Long> rests = new ArrayList<>();
    private PacedReader reader;

    private record StandingClock(long wallMs, long monotonicNs) implements Clock {}

    @BeforeEach
    void open() throws IOException {
        DataDirectory directory = DataDirectory.create(new CrashDisk());
        Store.create(directory);
        Store store = Store.open(
                directory,
                StoreOptions.DEFAULTS.withBallastBytes(0),
                new StoreThreads(
                        tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE),
                failure -> {
                    throw failure;
                });
        reader = new PacedReader(store, tasks::add, this::after, new StandingClock(0, 0), PACE);
    }

    private Timer after(long delayMs, Runnable action) {
        rests.add(delayMs);
        tasks.add(action);
        return () -> {};
    }

    @Test
    void aReadThatHurriesRestsByTheHighestPace() {
        reader.read(true, () -> READ);
        reader.read(true, () -> READ);
        runAll();
        assertEquals(List.of(1_000L), rests);
    }

    @Test
    void aReadThatHurriesDoesNotWaitForTheUsualPace() {
        reader.read(false, () -> READ);
        reader.read(true, () -> READ);
        reader.read(false, () -> READ);
        runAll();
        assertEquals(List.of(1_000L, 33_000L), rests);
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
