package io.quorate.coordinator.operation;

/**
 * On which terms one operation runs: its level, and how long it may take in milliseconds.
 *
 * @param requestId what the request that it serves is called in its answer and in the log; empty if it has no name
 */
public record Terms(Level level, long timeoutMs, String requestId) {
    public Terms(Level level, long timeoutMs) {
        this(level, timeoutMs, "");
    }

    public Terms named(String newRequestId) {
        return new Terms(level, timeoutMs, newRequestId);
    }

    public Terms within(long newTimeoutMs) {
        return new Terms(level, newTimeoutMs, requestId);
    }
}
