package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReplayWatchTest {
    private long steps;
    private final ReplayWatch watch = new ReplayWatch(() -> steps, 2);

    private boolean holdsUpAfter(int more) {
        steps += more;
        watch.tick();
        return watch.holdsUp();
    }

    @Test
    void aReplayThatGetsOnHoldsUpAPassForSomeTime() {
        assertFalse(holdsUpAfter(0), "no hint moves");
        assertTrue(holdsUpAfter(256));
        assertTrue(holdsUpAfter(1));
        assertFalse(holdsUpAfter(300), "two ticks are enough");
        assertFalse(holdsUpAfter(300));
    }

    @Test
    void aReplayThatStopsHoldsUpNothing() {
        assertTrue(holdsUpAfter(1));
        assertFalse(holdsUpAfter(0));
        assertTrue(holdsUpAfter(1), "the next replay");
        assertTrue(holdsUpAfter(1));
    }

    @Test
    void aPassMayNeverWait() {
        ReplayWatch none = new ReplayWatch(() -> ++steps, 0);
        none.tick();
        assertFalse(none.holdsUp());
    }
}
