package io.quorate.coordinator.api.http;

/**
 * How many bytes of values may be on their way through one event loop, from the first byte of a request's body to its
 * answer. Without it a thousand slow uploads of the largest value would fill any heap.
 */
public final class BodyBudget {
    static final long BYTES_MAX = 64L << 20;

    private long taken;

    /** Whether {@code bytes} more fit; if so they are taken. */
    boolean take(long bytes) {
        if (taken + bytes > BYTES_MAX) {
            return false;
        }
        taken += bytes;
        return true;
    }

    void giveBack(long bytes) {
        taken -= bytes;
    }
}
