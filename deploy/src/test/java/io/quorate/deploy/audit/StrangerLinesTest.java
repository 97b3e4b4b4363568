package io.quorate.deploy.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StrangerLinesTest {
    private long nowNs = 1;
    private final StrangerLines lines = new StrangerLines(new Clock() {
        @Override
        public long wallMs() {
            throw new AssertionError("a rate needs no wall clock");
        }

        @Override
        public long monotonicNs() {
            return nowNs;
        }
    });

    @Test
    void aSecondHasRoomForAHundred() {
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < StrangerLines.PER_S_MAX; i++) {
                assertTrue(lines.mayAdd());
            }
            assertFalse(lines.mayAdd());
            nowNs += TimeUnit.SECONDS.toNanos(1) - 1;
            assertFalse(lines.mayAdd());
            nowNs++;
        }
    }
}
