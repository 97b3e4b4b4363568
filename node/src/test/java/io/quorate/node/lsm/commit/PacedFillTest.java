package io.quorate.node.lsm.commit;

import static io.quorate.node.lsm.commit.PacedFill.MIB;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.commit.PacedFill.Speed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Half an hour of more writes than merges can keep up with. Writers get slower, and are never stopped. Before rates
 * were measured they were stopped for up to 65 s here, while a merge took all of level 0 down.
 */
class PacedFillTest {
    private static final int SECONDS = 1_800;
    private static final double LONGEST_GAP_SECONDS = 0.2;
    private static final int TABLES_MAX = 64;

    @ParameterizedTest
    @CsvSource({
        // GiB in the store, offered MiB/s, MiB/s of each of two merging threads, of flushes, at least accepted MiB/s
        "  1,  20,  60, 150, 17",
        "  1, 300,  60, 150, 19",
        " 10, 100,  60, 150, 16",
        "100,  20,  60, 150, 12",
        "100, 300,  60, 150, 12",
        " 10, 100,   6,   8,  1",
        " 10, 100, 300,   4,  3",
    })
    void writersAreSlowAndNeverStopped(int gib, int offered, int merging, int flushing, int accepted) {
        PacedFill fill = new PacedFill(new Speed(offered * MIB, 2, merging * MIB, flushing * MIB), gib * 1_024 * MIB);
        fill.run(SECONDS);
        assertTrue(fill.longestGapSeconds() < LONGEST_GAP_SECONDS, fill::toString);
        assertTrue(fill.mostTables() <= TABLES_MAX, fill::toString);
        assertTrue(fill.acceptedMibPerSecond() >= accepted, fill::toString);
    }

    @ParameterizedTest
    @CsvSource({
        // MiB of a batch, MiB/s of each of two merging threads, at least accepted MiB/s
        " 1,   5,  1",
        "16,  60, 16",
        "32,  60, 16",
        "32,   6,  1",
    })
    void longBatchesGetNoMoreThanMergesKeepUpWith(int batch, int merging, int accepted) {
        PacedFill fill =
                new PacedFill(new Speed(300 * MIB, 2, merging * MIB, 150 * MIB), 10L * 1_024 * MIB, batch * MIB);
        fill.run(SECONDS);
        assertTrue(fill.mostTables() <= TABLES_MAX, fill::toString);
        assertTrue(fill.acceptedMibPerSecond() >= accepted, fill::toString);
    }
}
