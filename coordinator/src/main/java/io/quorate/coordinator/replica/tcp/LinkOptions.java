package io.quorate.coordinator.replica.tcp;

/**
 * How connections to replicas behave.
 *
 * @param heartbeatMs between two pings; lower notices a silent peer sooner and costs more
 * @param silentMs without a sign of life after which a replica counts as unreachable; too low takes pauses of garbage
 *     collection for death, too high lets operations wait for the dead
 * @param hedgeDelayMsMax most that a query waits for a slow replica before it asks another
 * @param returnedMs for how long a replica that came back is asked by every read
 * @param valueBytesMax largest value of the cluster
 */
public record LinkOptions(long heartbeatMs, long silentMs, long hedgeDelayMsMax, long returnedMs, int valueBytesMax) {}
