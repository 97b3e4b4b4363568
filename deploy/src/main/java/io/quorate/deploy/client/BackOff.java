package io.quorate.deploy.client;

import java.util.SplittableRandom;

/**
 * How long to wait before the next attempt: each pause is at random up to a bound that doubles (full jitter), so that
 * many clients that were refused together do not come back together.
 */
public final class BackOff {
    private static final long LEAST_MS = 10;
    private static final long FIRST_MS = 100;
    private static final long LONGEST_MS = 5_000;

    private final SplittableRandom random;
    private long boundMs = FIRST_MS;

    public BackOff() {
        this(new SplittableRandom());
    }

    BackOff(SplittableRandom random) {
        this.random = random;
    }

    public long nextMs() {
        long pauseMs = LEAST_MS + random.nextLong(boundMs);
        boundMs = Math.min(LONGEST_MS, 2 * boundMs);
        return pauseMs;
    }
}
