package io.quorate.coordinator.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockReadingTest {
    @ParameterizedTest
    @CsvSource({"1000, 0, 1000, 0", "1000, 10, 1005, 0", "1300, 10, 1005, 300", "700, 10, 1005, -300"})
    void thePeersTimeIsTheMiddleOfTheRoundTrip(long peerMs, long roundTripMs, long ownMs, long aheadMs) {
        ClockReading reading = ClockReading.reported(peerMs, ns(roundTripMs), ns(77));
        assertEquals(aheadMs, reading.aheadMs(new StoppedClock(ownMs, ns(77))));
    }

    @ParameterizedTest
    @CsvSource({"0, 5000", "1, 5001", "250, 5250", "3600000, 3605000"})
    void thePeersClockRunsOnWithOurMonotonicClock(long passedMs, long wallMs) {
        assertEquals(wallMs, new ClockReading(5000, ns(20)).wallMsAt(ns(20 + passedMs)));
    }

    @Test
    void aJumpOfOurWallClockChangesHowFarThePeerIsAheadAndNotThePeersTime() {
        ClockReading reading = new ClockReading(5000, ns(20));
        assertEquals(0, reading.aheadMs(new StoppedClock(5000, ns(20))));
        assertEquals(-3600, reading.aheadMs(new StoppedClock(8600, ns(20))));
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private record StoppedClock(long wallMs, long monotonicNs) implements Clock {}
}
