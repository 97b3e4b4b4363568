package io.quorate.coordinator.operation.consensus;

import io.quorate.common.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long an operation leaves the proposer of an accepted proposal alone. The proposer is mostly about to succeed, and
 * a PREPARE would cost it a round. So the operation pauses for 2, 4 and 8 ms, and looks again after each pause. If the
 * proposer is gone, the operation loses no more than that and three rounds. No pause ends after the first quarter of
 * its time, so slow rounds or a short time-out leave it enough for the rest.
 */
public final class ProposerGrace {
    private static final long FIRST_PAUSE_MS = 2;
    private static final long LAST_PAUSE_MS = 8;
    private static final int SHARE_OF_TIME = 4;

    private final Clock clock;
    private final long endNs;
    private long nextPauseMs = FIRST_PAUSE_MS;

    /** @param timeoutMs how long the operation may take, from now */
    public ProposerGrace(Clock clock, long timeoutMs) {
        this.clock = clock;
        this.endNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(timeoutMs) / SHARE_OF_TIME;
    }

    /** The pause before the next look. Empty if the operation has looked often enough. */
    public OptionalLong nextPauseMs() {
        long pauseMs = nextPauseMs;
        long overNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
        if (pauseMs > LAST_PAUSE_MS || overNs - endNs > 0) {
            return OptionalLong.empty();
        }
        nextPauseMs *= 2;
        return OptionalLong.of(pauseMs);
    }
}
