package io.quorate.coordinator.operation;

/**
 * On which terms one operation runs: its level, and how long it may take in milliseconds.
 *
 * @param requestId the id of the request in its answer and in the log, or empty if it has none
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
