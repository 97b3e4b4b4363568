package io.quorate.coordinator.replica;

import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * What another process's wall clock showed at one instant of our monotonic clock. From then on it counts as running at
 * the rate of our monotonic clock, until the next reading. Our own wall clock takes no part, so a jump of it does not
 * move the clocks of others.
 *
 * @param wallMs the other's wall clock, in milliseconds since 1970
 * @param atNs our monotonic clock at the same instant
 */
public record ClockReading(long wallMs, long atNs) {
    /**
     * The peer reported its time. It counts as the time in the middle of the round trip, so it is wrong by at most half
     * of the round trip (Cristian, "Probabilistic Clock Synchronization", 1989).
     *
     * @param arrivedNs our monotonic clock when the report arrived
     */
    public static ClockReading reported(long peerMs, long roundTripNs, long arrivedNs) {
        return new ClockReading(peerMs, arrivedNs - roundTripNs / 2);
    }

    /** What the other's wall clock shows when our monotonic clock shows {@code nowNs}. */
    public long wallMsAt(long nowNs) {
        return wallMs + TimeUnit.NANOSECONDS.toMillis(nowNs - atNs);
    }

    /** How many milliseconds the other's wall clock is ahead of {@code own} now. Negative if it is behind. */
    public long aheadMs(Clock own) {
        return wallMsAt(own.monotonicNs()) - own.wallMs();
    }
}
