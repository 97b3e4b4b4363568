package io.quorate.coordinator.api.convergence;

import io.quorate.common.model.NodeId;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a node knows of the founding of its cluster, and of the passes over all keys. Times are in milliseconds since
 * 1970.
 *
 * @param nowMs by the clock of the node
 */
public record ConvergenceStatus(
        long nowMs,
        FoundingStatus founding,
        PassStatus pass,
        VerifiedStatus verified,
        List<Blockage> blockages,
        List<DamagedBlock> damages) {
    /**
     * @param founded whether this node knows that all members agreed on their list and their disks
     * @param waitsFor the members that are in the way
     */
    public record FoundingStatus(boolean founded, List<Blockage> waitsFor) {}

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
     * @param atMs for each slot, in their order. Empty if that was never
     */
    public record VerifiedStatus(List<OptionalLong> atMs) {
        /** How many slots were never verified. */
        public int never() {
            return (int) atMs.stream().filter(OptionalLong::isEmpty).count();
        }

        /** The least recent time of the others. Empty if there are none. */
        public OptionalLong oldestAtMs() {
            return atMs.stream().flatMapToLong(OptionalLong::stream).min();
        }
    }

    /** A member that keeps the cluster from being founded, or all its slots from being verified. */
    public record Blockage(NodeId by, String why, long sinceMs) {}

    /** Bytes on this node's disk that are not what was written. */
    public record DamagedBlock(String file, long offset) {}
}
