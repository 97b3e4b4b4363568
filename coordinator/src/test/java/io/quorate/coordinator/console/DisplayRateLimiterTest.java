package io.quorate.coordinator.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DisplayRateLimiterTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long START_NS = -SECOND_NS;

    private final DisplayRateLimiter limiter = new DisplayRateLimiter(START_NS);

    @Test
    void noSecondShowsMoreThanTwenty() {
        long seed = 1;
        SplittableRandom random = new SplittableRandom(seed);
        Deque<Long> shownNs = new ArrayDeque<>();
        long nowNs = START_NS;
        for (int i = 0; i < 200_000; i++) {
            nowNs += random.nextInt(100) == 0 ? random.nextLong(2 * SECOND_NS) : random.nextLong(1_000_000);
            if (limiter.tryAcquire(nowNs, random.nextInt(10) > 0)) {
                shownNs.addLast(nowNs);
            }
            while (!shownNs.isEmpty() && shownNs.peekFirst() <= nowNs - SECOND_NS) {
                shownNs.removeFirst();
            }
            assertTrue(shownNs.size() <= 20, "seed " + seed + ", step " + i + ": " + shownNs.size());
        }
    }

    @Test
    void ordinaryRequestsLeaveRoomForFailedOnes() {
        assertEquals(7, shownAtOnce(true));
        assertEquals(3, shownAtOnce(false));
        assertFalse(limiter.tryAcquire(START_NS, false));
    }

    @Test
    void underLoadTenAreShownEachSecond() {
        int shown = 0;
        for (long nowNs = START_NS; nowNs < START_NS + 10 * SECOND_NS; nowNs += 1_000_000) {
            shown += limiter.tryAcquire(nowNs, true) ? 1 : 0;
        }
        assertEquals(106, shown);
    }

    private int shownAtOnce(boolean ordinary) {
        int shown = 0;
        while (limiter.tryAcquire(START_NS, ordinary)) {
            shown++;
        }
        return shown;
    }
}
