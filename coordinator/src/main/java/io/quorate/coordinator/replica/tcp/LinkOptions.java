package io.quorate.coordinator.replica.tcp;

/**
 * How connections to replicas behave.
 *
 * @param heartbeatMs between two pings. A lower value notices a silent peer sooner and costs more messages.
 * @param silentMs without a sign of life after which a replica counts as unreachable. If it is too low, a pause for
 *     garbage collection looks like a failure. If it is too high, operations wait for dead replicas.
 * @param hedgeDelayMsMax the longest time that a query waits for a slow replica before it asks another one
 * @param returnedMs for how long every read asks a replica that came back
 */
public record LinkOptions(long heartbeatMs, long silentMs, long hedgeDelayMsMax, long returnedMs) {}
