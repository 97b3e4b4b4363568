package io.quorate.coordinator.operation;

/**
 * On which terms one operation runs: its level, and how long it may take in milliseconds.
 *
 * @param requestId what the request that it serves is called in its answer and in the log; empty if it has no name
 */
public record OperationOptions(ConsistencyLevel level, long timeoutMs, String requestId) {
    public OperationOptions(ConsistencyLevel level, long timeoutMs) {
        this(level, timeoutMs, "");
    }

    public OperationOptions named(String newRequestId) {
        return new OperationOptions(level, timeoutMs, newRequestId);
    }

    public OperationOptions within(long newTimeoutMs) {
        return new OperationOptions(level, newTimeoutMs, requestId);
    }
}
