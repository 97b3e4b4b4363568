package io.quorate.deploy.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.Clock;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlowDiskTest {
    private static final int DELAY_MS = 5_000;

    @TempDir
    Path folder;

    private final SteppingClock clock = new SteppingClock();
    private Faults faults = Faults.NONE.withSlowDiskMs(DELAY_MS);
    private Disk disk;

    /** Each look at it takes a second. */
    private static final class SteppingClock implements Clock {
        private long seconds;

        @Override
        public long wallMs() {
            return TimeUnit.SECONDS.toMillis(seconds);
        }

        @Override
        public long monotonicNs() {
            return TimeUnit.SECONDS.toNanos(seconds++);
        }
    }

    @BeforeEach
    void open() {
        disk = new SlowDisk(new RealDisk(folder), () -> faults, clock);
    }

    /** How long the clock went on meanwhile. */
    private long msOf(Forced forced) throws IOException {
        long beforeMs = clock.wallMs();
        forced.run();
        return clock.wallMs() - beforeMs;
    }

    private interface Forced {
        void run() throws IOException;
    }

    @Test
    void eachForceTakesThatMuchLonger() throws IOException {
        try (DiskFile file = disk.create("made")) {
            assertTrue(msOf(file::force) >= DELAY_MS);
        }
        try (DiskFile file = disk.open("made")) {
            assertTrue(msOf(file::force) >= DELAY_MS);
        }
        assertTrue(msOf(disk::forceDirectory) >= DELAY_MS);
        assertTrue(msOf(disk::forceParents) >= DELAY_MS);
    }

    @Test
    void readsAndWritesDoNot() throws IOException {
        try (DiskFile file = disk.create("made")) {
            ByteBuffer found = ByteBuffer.allocate(1);
            assertEquals(0, msOf(() -> {
                file.write(ByteBuffer.wrap(new byte[] {7}), 0);
                file.read(found, 0);
                disk.rename("made", "renamed");
            }));
            assertEquals(7, found.get(0));
        }
    }

    @Test
    void aForceThatWaitsEndsSoonAfterTheFault() {
        Disk healing = new SlowDisk(
                new RealDisk(folder),
                () -> clock.wallMs() < DELAY_MS ? Faults.NONE.withSlowDiskMs(10_000) : Faults.NONE,
                clock);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertTrue(msOf(healing::forceDirectory) < 2 * DELAY_MS));
    }
}
