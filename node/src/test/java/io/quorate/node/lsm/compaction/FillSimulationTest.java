package io.quorate.node.lsm.compaction;

import static io.quorate.node.lsm.compaction.FillSimulation.MIB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Bounds on what the default options cost: bytes written to tables for each byte flushed, and tables that a get meets.
 */
class FillSimulationTest {
    private static final int TIER = CompactionOptions.DEFAULTS.tier().tablesMax();

    private final FillSimulation fill = new FillSimulation(Long.MAX_VALUE);

    @Test
    void aRandomFillOfOneGibibyteIsWrittenLessThanThreeTimes() {
        fill.fillAtRandom(1_024 * MIB, 64 * MIB);
        assertTrue(fill.writeAmplification() < 3, fill::toString);
        assertTrue(fill.mostLookedAt() <= 6, fill::toString);
    }

    @Test
    void aRandomFillOfTwentyGibibytesStaysWithinBounds() {
        fill.fillAtRandom(20_480 * MIB, 64 * MIB);
        assertTrue(fill.writeAmplification() < 10, fill::toString);
        assertTrue(fill.mostLookedAt() <= TIER + 2, fill::toString);
    }

    @Test
    void smallMemtablesCostTwoMoreLayers() {
        fill.fillAtRandom(1_024 * MIB, 4 * MIB);
        assertTrue(fill.writeAmplification() < 6, fill::toString);
        assertTrue(fill.mostLookedAt() <= TIER + 1, fill::toString);
    }

    @Test
    void overwritingAGibibyteCostsWhatItHolds() {
        FillSimulation overwrites = new FillSimulation(1_024 * MIB);
        overwrites.fillAtRandom(8_192 * MIB, 64 * MIB);
        assertTrue(overwrites.writeAmplification() < 5, overwrites::toString);
    }

    @Test
    void whatComesInOrderIsWrittenOnce() {
        fill.fillInOrder(128);
        assertEquals(1, fill.writeAmplification(), fill::toString);
        assertTrue(fill.moves() > 100, fill::toString);
    }
}
