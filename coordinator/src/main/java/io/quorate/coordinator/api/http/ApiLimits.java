package io.quorate.coordinator.api.http;

/**
 * Limits of the HTTP API.
 *
 * @param valueBytesMax largest value of a write
 * @param timeoutMs time for an operation whose request has no {@code timeout}
 * @param timeoutMsMax largest {@code timeout} of a request
 * @param idempotencyRetentionMs how long a write with an idempotency key is remembered
 */
public record ApiLimits(int valueBytesMax, long timeoutMs, long timeoutMsMax, long idempotencyRetentionMs) {
    /** Most operations of a batch. */
    public static final int BATCH_OPERATIONS_MAX = 1_000;
}
