package io.quorate.deploy.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallerBudgetTest {
    private static final OptionalLong DROPPED = OptionalLong.empty();

    /** Clocks of processes may be negative, and pass the end of their range. */
    private long nowNs = Long.MAX_VALUE - 5;

    private final CallerBudget tenPerS = new CallerBudget(10, nowNs);

    @Test
    void aHundredAtOnceAndThenSoManyEachSecond() {
        takeAll(CallerBudget.AT_ONCE);
        assertEquals(DROPPED, tenPerS.take(nowNs));
        nowNs += TimeUnit.MILLISECONDS.toNanos(100) - 1;
        assertEquals(DROPPED, tenPerS.take(nowNs));
        nowNs++;
        assertEquals(OptionalLong.of(2), tenPerS.take(nowNs), "the two that were dropped");
        assertEquals(DROPPED, tenPerS.take(nowNs));
    }

    @Test
    void aLongPauseSavesNoMoreThanAHundred() {
        takeAll(CallerBudget.AT_ONCE);
        nowNs += TimeUnit.DAYS.toNanos(1);
        takeAll(CallerBudget.AT_ONCE);
        assertEquals(DROPPED, tenPerS.take(nowNs));
    }

    private void takeAll(int lines) {
        for (int i = 0; i < lines; i++) {
            assertEquals(OptionalLong.of(0), tenPerS.take(nowNs));
        }
    }
}
