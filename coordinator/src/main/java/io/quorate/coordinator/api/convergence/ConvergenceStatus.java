package io.quorate.coordinator.api.convergence;

import io.quorate.common.model.NodeId;
import java.util.List;
import java.util.OptionalLong;

/** What a node knows of the passes over all keys. Times are in milliseconds since 1970. */
public record ConvergenceStatus(
        PassStatus pass, VerifiedStatus verified, List<Blockage> blockages, List<DamagedBlock> damages) {
    /**
     * The last pass that the node knows.
     *
     * @param number 0 before the first one
     * @param progress from 0 to 1, an estimate
     * @param bytesPerSecond at which this node reads its tables
     * @param endsAtMs an estimate, or empty if the pass is over
     */
    public record PassStatus(
            long number,
            boolean running,
            boolean hurried,
            long startedAtMs,
            double progress,
            long bytesPerSecond,
            OptionalLong endsAtMs) {}

    /**
     * When all holders of a slot agreed last.
     *
     * @param never how many of the slots were never verified
     * @param oldestAtMs the least recent time of the others. Empty if there are none
     */
    public record VerifiedStatus(int slots, int never, OptionalLong oldestAtMs) {}

    /** A member that keeps all its slots from being verified. */
    public record Blockage(NodeId by, String why, long sinceMs) {}

    /** Bytes on this node's disk that are not what was written. */
    public record DamagedBlock(String file, long offset) {}
}
