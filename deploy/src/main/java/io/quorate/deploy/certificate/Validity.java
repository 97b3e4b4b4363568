package io.quorate.deploy.certificate;

import io.quorate.common.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** From when until when a certificate is valid. */
public record Validity(Instant from, Instant until) {
    /** The clock of the machine that issues a certificate may be ahead of the others. */
    private static final Duration EARLIER = Duration.ofHours(1);

    /** From an hour ago, so that clocks may differ. */
    public static Validity from(Clock clock, Duration lifetime) {
        Instant now = Instant.ofEpochMilli(clock.wallMs());
        return new Validity(now.minus(EARLIER), now.plus(lifetime));
    }
}
