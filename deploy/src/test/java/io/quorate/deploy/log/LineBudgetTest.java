package io.quorate.deploy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LineBudgetTest {
    private long nowNs = Long.MAX_VALUE - 5;

    private final Clock clock = new Clock() {
        @Override
        public long wallMs() {
            throw new AssertionError("durations do not come from a wall clock");
        }

        @Override
        public long monotonicNs() {
            return nowNs;
        }
    };

    private final LineBudget budget = new LineBudget(2, clock);

    @Test
    void soManyLinesASecondAndTheNextOneTellsHowManyWereLeftOut() {
        assertEquals(OptionalLong.of(0), budget.take());
        assertEquals(OptionalLong.of(0), budget.take());
        assertEquals(OptionalLong.empty(), budget.take());
        nowNs += TimeUnit.SECONDS.toNanos(1) - 1;
        assertEquals(OptionalLong.empty(), budget.take());

        nowNs++;
        assertEquals(OptionalLong.of(2), budget.take());
        assertEquals(OptionalLong.of(0), budget.take());
        assertEquals(OptionalLong.empty(), budget.take());
    }

    @Test
    void quietSecondsSaveNothingUp() {
        nowNs += TimeUnit.HOURS.toNanos(1);
        budget.take();
        budget.take();

        assertEquals(OptionalLong.empty(), budget.take());
    }
}
