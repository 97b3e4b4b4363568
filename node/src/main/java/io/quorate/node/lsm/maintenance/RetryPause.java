package io.quorate.node.lsm.maintenance;

/** How long merges wait after a shortage: a second at first, then twice as long each time, up to about a minute. */
final class RetryPause {
    private static final long FIRST_MS = 1_000;
    private static final int DOUBLINGS_MAX = 6;

    private RetryPause() {}

    /** @param failuresBefore how many attempts in a row failed before this one */
    static long ms(int failuresBefore) {
        return FIRST_MS << Math.min(failuresBefore, DOUBLINGS_MAX);
    }
}
