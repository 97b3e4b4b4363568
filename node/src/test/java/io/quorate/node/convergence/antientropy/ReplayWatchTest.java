package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReplayWatchTest {
    private static final int TICKS_MAX = 3;

    private long steps;
    private final ReplayWatch watch = new ReplayWatch(() -> steps, TICKS_MAX);

    private boolean holdsUpAfter(int more) {
        steps += more;
        watch.tick();
        return watch.holdsUp();
    }

    @Test
    void aReplayHoldsUpAPassWhileItGetsOn() {
        assertFalse(holdsUpAfter(0), "no hint moves");
        assertTrue(holdsUpAfter(256));
        assertTrue(holdsUpAfter(1));
        assertFalse(holdsUpAfter(0), "it has stopped");
        assertTrue(holdsUpAfter(1));
    }

    @Test
    void afterAWhileThePassGoesOnSlowly() {
        int held = 0;
        while (holdsUpAfter(1)) {
            held++;
        }
        assertEquals(TICKS_MAX, held);
        watch.rangeBegan();
        assertTrue(watch.holdsUp());
        assertFalse(holdsUpAfter(1), "one tick for one range");
        assertFalse(holdsUpAfter(0));
        assertTrue(holdsUpAfter(1), "and for one tick without a step");
        assertFalse(holdsUpAfter(1));
    }

    /** Hints come and go in the rest between two passes too. */
    @Test
    void onlyAPassThatWaitsUsesUpTheTime() {
        for (int tick = 0; tick < 2 * TICKS_MAX; tick++) {
            steps++;
            watch.tick();
        }
        int held = 0;
        while (holdsUpAfter(1)) {
            held++;
        }
        assertEquals(TICKS_MAX, held);
    }

    @Test
    void manyRangesGiveBackAllOfTheTime() {
        while (holdsUpAfter(1)) {}
        for (int range = 0; range < 2 * TICKS_MAX; range++) {
            watch.rangeBegan();
        }
        int held = 0;
        while (watch.holdsUp()) {
            held++;
            holdsUpAfter(1);
        }
        assertEquals(TICKS_MAX, held, "and no more");
    }

    @Test
    void aPassMayNeverWait() {
        ReplayWatch none = new ReplayWatch(() -> ++steps, 0);
        none.tick();
        assertFalse(none.holdsUp());
    }
}
