package io.quorate.coordinator.api.http;

/**
 * Limits of the HTTP API.
 *
 * @param valueBytesMax largest value that a PUT may carry
 * @param timeoutMs how long an operation may take when the request does not say
 * @param timeoutMsMax the most that a request may ask for
 * @param idempotencyRetentionMs for how long writes with an idempotency key are remembered
 */
public record ApiLimits(int valueBytesMax, long timeoutMs, long timeoutMsMax, long idempotencyRetentionMs) {
    /** How many operations a batch may have. */
    public static final int BATCH_OPERATIONS_MAX = 1_000;
}
