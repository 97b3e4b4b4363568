package io.quorate.node.convergence.antientropy.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReadPaceTest {
    private static final long MIB = 1 << 20;
    private static final ReadPace A_DAY = new ReadPace(86_400_000, 32 * MIB);

    @Test
    void aSmallStoreIsReadAtTheLeastPace() {
        assertEquals(MIB, A_DAY.bytesPerSecond(0));
        assertEquals(MIB, A_DAY.bytesPerSecond(1024 * MIB));
    }

    @Test
    void aLargeStoreIsReadOnceInTheTime() {
        assertEquals(864_000L * MIB / 86_400, A_DAY.bytesPerSecond(864_000L * MIB));
    }

    @Test
    void noStoreIsReadFasterThanAllowed() {
        assertEquals(32 * MIB, A_DAY.bytesPerSecond(1L << 50));
    }
}
