package io.quorate.common.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HybridClockTest {
    private static final long NO_CEILING = Long.MAX_VALUE;

    private final SettableClock wall = new SettableClock(1_000_000);
    private final HybridClock clock = new HybridClock(wall, 500);

    @Test
    void itFollowsTheWallClockWhileThatAdvances() {
        assertEquals(1_000_000, HybridClock.millisOf(clock.next(0, NO_CEILING)));
        wall.ms += 5;
        assertEquals(1_000_005, HybridClock.millisOf(clock.next(0, NO_CEILING)));
    }

    @Test
    void itNeverIssuesATimestampTwiceAlsoWhenTheWallClockGoesBack() {
        long last = clock.next(0, NO_CEILING);
        for (int i = 0; i < 200_000; i++) {
            wall.ms -= i % 7;
            long next = clock.next(0, NO_CEILING);
            assertTrue(next > last);
            last = next;
        }
    }

    @Test
    void itExceedsWhateverTheRegisterHeldHoweverFarInTheFuture() {
        long future = 9_000_000L << 16;
        assertTrue(clock.next(future, NO_CEILING) > future);
    }

    @Test
    void oneRegisterFromTheFutureDoesNotDragTheClockAlong() {
        clock.next(9_000_000L << 16, NO_CEILING);
        assertEquals(1_000_000, HybridClock.millisOf(clock.next(0, NO_CEILING)));
    }

    @Test
    void itFollowsATimestampWithinTheBoundAndCountsOneBeyondIt() {
        long near = 1_000_400L << 16;
        clock.follow(near);
        assertTrue(clock.next(0, NO_CEILING) > near);
        clock.follow(1_000_501L << 16);
        assertEquals(1, clock.tooFarAhead());
        assertEquals(1_000_400, HybridClock.millisOf(clock.next(0, NO_CEILING)));
    }

    @Test
    void aClockAheadOfAllItsPeersIsNotBelieved() {
        assertEquals(400_000, HybridClock.millisOf(clock.next(0, 400_000)));
    }

    @Test
    void theEndOfTimeIsAnErrorAndNotAWrapAround() {
        assertThrows(ArithmeticException.class, () -> clock.next(Long.MAX_VALUE, NO_CEILING));
        assertThrows(ArithmeticException.class, () -> clock.next(-1, NO_CEILING));
    }

    private static final class SettableClock implements Clock {
        private long ms;

        SettableClock(long ms) {
            this.ms = ms;
        }

        @Override
        public long wallMs() {
            return ms;
        }

        @Override
        public long monotonicNs() {
            return 0;
        }
    }
}
