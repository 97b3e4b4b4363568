package io.quorate.node.lsm.commit;

import static io.quorate.node.lsm.commit.PacedFill.MIB;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.commit.PacedFill.Speed;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Half an hour of writes: fewer than merges can keep up with, about as many, and far more. Writers get slower, and are
 * never stopped. Before rates were measured they were stopped for up to 65 s here, while a merge took all of level 0
 * down.
 */
class PacedFillTest {
    private static final int SECONDS = 1_800;
    private static final double LONGEST_GAP_SECONDS = 0.2;
    private static final int TABLES_MAX = 64;

    /** As many times as long as if all batches had the same distance. It is four times at the slowest share. */
    private static final double LONGEST_GAP_OF_BATCHES = 8;

    @ParameterizedTest
    @CsvSource({
        // GiB in the store, offered MiB/s, MiB/s of each of two merging threads, of flushes, at least accepted MiB/s
        "  1,   5,  60, 150,  4.9",
        "  1,  20,  60, 150, 17",
        "  1, 300,  60, 150, 19",
        " 10,  16,  60, 150, 14",
        " 10, 100,  60, 150, 16",
        "100,   5,  60, 150,  4.9",
        "100,  20,  60, 150, 12",
        "100, 300,  60, 150, 12",
        " 10, 100,   6,   8,  1",
        " 10, 100, 300,   4,  3",
        " 10, 100,   1, 150,  0.5",
    })
    void writersAreSlowAndNeverStopped(
            int gib, int offered, int merging, int flushing, double accepted, TestReporter reporter) {
        PacedFill fill = new PacedFill(new Speed(offered * MIB, 2, merging * MIB, flushing * MIB), gib * 1_024 * MIB);
        fill.run(SECONDS);
        reporter.publishEntry(fill.toString());
        assertTrue(fill.longestGapSeconds() < LONGEST_GAP_SECONDS, fill::toString);
        assertTrue(fill.mostTables() <= TABLES_MAX, fill::toString);
        assertTrue(fill.acceptedMibPerSecond() >= accepted, fill::toString);
    }

    /** Ten minutes, then ten minutes on a disk that has become slow from one moment to the next, then ten as before. */
    @ParameterizedTest
    @CsvSource({
        // bytes of a batch, GiB in the store, offered MiB/s, MiB/s of each of two merging threads, then, MiB/s of
        // flushes, then, stop in seconds and tables in level 0 at most
        "1,         1,  20,  60,  6, 150,   8,  0.2, 64",
        "1,         1, 300,  60, 60, 150,   8,  0.2, 64",
        "1,        10, 100,  60,  6, 150,  15,  0.2, 64",
        "1,        10, 300,  60, 60, 150,   2,  0.6, 64",
        "1,        10, 300, 300, 30, 600,   4,  0.6, 64",
        "1,       100, 100,  60, 60, 150,   1,  0.6, 64",
        "1,        10, 300, 300,  3, 150, 150,  0.2, 80",
        "65536,     1, 300,  60, 60, 150,   8,  0.2, 64",
        "65536,    10, 300,  60, 60, 150,   2,  6,   64",
        "65536,   100, 100,  60, 60, 150,   1, 11,   64",
        "1048576,   1, 300,  60, 60, 150,   8,  1.5, 64",
        "1048576,  10, 300,  60, 60, 150,   2, 28,   64",
        "1048576, 100, 100,  60, 60, 150,   1, 48,   64",
    })
    void smallWritesAreNotStoppedWhenTheDiskSlowsDown(
            long batchBytes,
            int gib,
            int offered,
            int merging,
            int mergingThen,
            int flushing,
            int flushingThen,
            double longestGapSeconds,
            int tables,
            TestReporter reporter) {
        Speed fast = new Speed(offered * MIB, 2, merging * MIB, flushing * MIB);
        PacedFill fill = new PacedFill(fast, gib * 1_024 * MIB, batchBytes);
        fill.run(SECONDS / 3);
        fill.become(new Speed(offered * MIB, 2, mergingThen * MIB, flushingThen * MIB));
        fill.run(SECONDS / 3);
        fill.become(fast);
        fill.run(SECONDS / 3);
        reporter.publishEntry(fill.toString());
        assertTrue(fill.longestGapSeconds() < longestGapSeconds, fill::toString);
        assertTrue(fill.mostTables() <= tables, fill::toString);
    }

    @ParameterizedTest
    @CsvSource({
        // MiB of a batch, MiB/s of each of two merging threads, at least accepted MiB/s
        " 1,   5,  3",
        " 1,  60, 16",
        "16,  60, 16",
        "32,  60, 16",
        "32,   6,  3",
    })
    void longBatchesGetWhatMergesKeepUpWithAndNoMore(int batch, int merging, int accepted, TestReporter reporter) {
        PacedFill fill =
                new PacedFill(new Speed(300 * MIB, 2, merging * MIB, 150 * MIB), 10L * 1_024 * MIB, batch * MIB);
        fill.run(SECONDS);
        reporter.publishEntry(fill.toString());
        assertTrue(fill.mostTables() <= TABLES_MAX, fill::toString);
        assertTrue(fill.acceptedMibPerSecond() >= accepted, fill::toString);
        double evenly = batch / fill.acceptedMibPerSecond();
        assertTrue(fill.longestGapSeconds() <= LONGEST_GAP_OF_BATCHES * evenly, fill::toString);
    }
}
