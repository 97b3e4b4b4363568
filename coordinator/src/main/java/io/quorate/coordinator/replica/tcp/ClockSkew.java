package io.quorate.coordinator.replica.tcp;

import java.util.concurrent.TimeUnit;

/**
 * How far a peer's wall clock is ahead of this process's clock. The estimate assumes that the peer read its clock in
 * the middle of the round trip. So the error is at most half of the round trip (Cristian, "Probabilistic Clock
 * Synchronization", 1989).
 */
final class ClockSkew {
    private long aheadMs;

    /** The peer reported its time. {@code ownMs} is our wall clock when the report arrived. */
    void measured(long peerMs, long roundTripNs, long ownMs) {
        aheadMs = peerMs + TimeUnit.NANOSECONDS.toMillis(roundTripNs / 2) - ownMs;
    }

    /** Milliseconds as of the last report. Negative if the peer is behind, and 0 before the first report. */
    long aheadMs() {
        return aheadMs;
    }
}
