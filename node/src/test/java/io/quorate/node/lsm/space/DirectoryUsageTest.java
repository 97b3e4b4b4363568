package io.quorate.node.lsm.space;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.statistics.FileFigures;
import io.quorate.node.StandingClock;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryUsageTest {
    private final StandingClock clock = new StandingClock();

    @Test
    void everyFileCountsOnceByWhatItIsFor(@TempDir Path directory) throws IOException {
        write(directory, "table-000000000003", 100);
        write(directory, "table-000000000004", 20);
        write(directory, "log-000000000007", 3);
        write(directory, "ballast", 4_000);
        write(directory, "ballast.next", 500);
        write(directory, "manifest-000000000001", 60);
        write(directory, "LOCK", 0);
        write(Files.createDirectories(directory.resolve("checkpoints/monday")), "table-000000000003", 100);
        FileFigures figures = new DirectoryUsage(new RealDisk(directory), clock, Runnable::run)
                .current()
                .orElseThrow();
        assertEquals(new FileFigures(120, 3, 4_500, 60), figures);
        assertEquals(4_683, figures.bytes());
    }

    @Test
    void filesAreLookedAtAgainAfterTwoSeconds() {
        CrashDisk disk = new CrashDisk();
        DirectoryUsage usage = new DirectoryUsage(disk, clock, Runnable::run);
        assertEquals(0, usage.current().orElseThrow().bytes());
        disk.plant("log-000000000001", new byte[10]);
        clock.set(1_999);
        assertEquals(0, usage.current().orElseThrow().bytes());
        clock.set(2_000);
        assertEquals(10, usage.current().orElseThrow().log());
    }

    @Test
    void nothingIsToldOfADirectoryThatCannotBeReadAndItIsLookedAtNoMoreOftenThanAnother(@TempDir Path folder)
            throws IOException {
        Path directory = folder.resolve("later");
        DirectoryUsage usage = new DirectoryUsage(new RealDisk(directory), clock, Runnable::run);
        assertEquals(Optional.empty(), usage.current());
        Files.createDirectories(directory);
        clock.set(1_999);
        assertEquals(Optional.empty(), usage.current());
        clock.set(2_000);
        assertEquals(0, usage.current().orElseThrow().bytes());
    }

    /** Also while the disk hangs. */
    @Test
    void nobodyWaitsForALookAndNoSecondOneBeginsMeanwhile() {
        List<Runnable> onReader = new ArrayList<>();
        CrashDisk disk = new CrashDisk();
        disk.plant("log-000000000001", new byte[10]);
        DirectoryUsage usage = new DirectoryUsage(disk, clock, onReader::add);
        clock.set(60_000);
        assertEquals(Optional.empty(), usage.current());
        assertEquals(1, onReader.size());
        onReader.remove(0).run();
        assertEquals(10, usage.current().orElseThrow().log());
        assertEquals(0, onReader.size());
    }

    @Test
    void aReaderThatTakesNoTaskIsAskedAgain() {
        List<Runnable> onReader = new ArrayList<>();
        boolean[] isFull = {true};
        DirectoryUsage usage = new DirectoryUsage(new CrashDisk(), clock, task -> {
            if (isFull[0]) {
                throw new RejectedExecutionException("full, on purpose");
            }
            onReader.add(task);
        });
        isFull[0] = false;
        usage.current();
        assertEquals(1, onReader.size());
    }

    private static void write(Path directory, String name, int bytes) throws IOException {
        Files.write(directory.resolve(name), new byte[bytes]);
    }
}
