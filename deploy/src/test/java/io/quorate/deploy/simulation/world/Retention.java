package io.quorate.deploy.simulation.world;

import java.util.concurrent.TimeUnit;

/**
 * For how long a cluster remembers requests with an idempotency key.
 *
 * @param ms from the first proposal of a request, by the time of its coordinator
 * @param graceMs how long after that a merge keeps a trace. It is above any difference of clocks
 */
public record Retention(long ms, long graceMs) {
    private static final long FOREVER_MS = TimeUnit.DAYS.toMillis(1_000);

    /** No request is forgotten within a run, however clocks are set. */
    public static final Retention ENDLESS = new Retention(FOREVER_MS, FOREVER_MS);

    /**
     * If requests are forgotten, faults keep the times of two coordinators closer than this. Their clocks are off by at
     * most {@link Faults#OFFSET_MS_MAX}. They know a peer's clock to within half a round trip and a pause.
     */
    private static final long SKEW_MS_MAX = 300;

    /** Short, but longer than any difference of clocks. */
    public static Retention brief(int moreMs) {
        return new Retention(SKEW_MS_MAX + 100 + moreMs, SKEW_MS_MAX);
    }

    /** Whether requests are forgotten within a run. */
    public boolean ends() {
        return ms < FOREVER_MS;
    }

    /** Until this instant a request that a client began then is remembered by every coordinator. */
    public long certainUntilNs(long begunNs) {
        return mayHaveEndedNs(begunNs, 1);
    }

    /** From this instant on no coordinator remembers a request that was answered then. */
    public long surelyEndedNs(long answeredNs) {
        return answeredNs + TimeUnit.MILLISECONDS.toNanos(ms + SKEW_MS_MAX);
    }

    /** The first instant at which the request may have been forgotten so many times. */
    public long mayHaveEndedNs(long begunNs, int times) {
        return begunNs + TimeUnit.MILLISECONDS.toNanos(times * ms - SKEW_MS_MAX);
    }
}
