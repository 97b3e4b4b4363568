package io.quorate.coordinator.operation;

import io.quorate.common.loop.Asker;

/**
 * On which terms one operation runs: its level, and how long it may take in milliseconds.
 *
 * @param requestId the id of the request in its answer and in the log, or empty if it has none
 * @param asker whom the operation counts for while it is in flight
 */
public record OperationOptions(ConsistencyLevel level, long timeoutMs, String requestId, Asker asker) {
    /** Of an operation that no client asked for. */
    public OperationOptions(ConsistencyLevel level, long timeoutMs) {
        this(level, timeoutMs, "", Asker.NOBODY);
    }

    public OperationOptions askedBy(String newRequestId, Asker newAsker) {
        return new OperationOptions(level, timeoutMs, newRequestId, newAsker);
    }

    public OperationOptions within(long newTimeoutMs) {
        return new OperationOptions(level, newTimeoutMs, requestId, asker);
    }
}
