package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSkewTest {
    private final ClockSkew skew = new ClockSkew();

    @Test
    void aPeerThatNeverReportedHasOurTime() {
        assertEquals(0, skew.aheadMs());
    }

    @ParameterizedTest
    @CsvSource({"1000, 0, 1000, 0", "1000, 10, 1005, 0", "1300, 10, 1005, 300", "700, 10, 1005, -300"})
    void thePeersTimeIsTakenForTheMiddleOfTheRoundTrip(long peerMs, long roundTripMs, long ownMs, long aheadMs) {
        skew.measured(peerMs, TimeUnit.MILLISECONDS.toNanos(roundTripMs), ownMs);
        assertEquals(aheadMs, skew.aheadMs());
    }
}
