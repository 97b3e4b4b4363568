package io.quorate.coordinator.api.http;

/**
 * Limits the bytes of request bodies that one event loop holds, from the first byte of a body to the answer. Without
 * this limit a thousand slow uploads of the largest value would fill any heap.
 */
public final class BodyBudget {
    static final long BYTES_MAX = 64L << 20;

    private long taken;

    /** Whether {@code bytes} more fit. If so, they are taken. */
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
