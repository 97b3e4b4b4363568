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
        List<DamagedBlock> damages,
        ForgettingStatus forgetting) {
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

    /**
     * What became of deletes.
     *
     * @param quietMs how old a delete is at least when it is forgotten, or 0 if deletes are kept for ever
     * @param upToMs the instant up to which nodes forget deletes, of all slots. Empty if a slot has none yet
     * @param forgotten deleted keys that this node forgot since its start
     * @param tombstones that this node held in the last whole pass. Empty if there was none since its start
     * @param blockages the members that stop the forgetting
     */
    public record ForgettingStatus(
            long quietMs, OptionalLong upToMs, long forgotten, OptionalLong tombstones, List<Blockage> blockages) {
        public boolean isOn() {
            return quietMs > 0;
        }
    }

    /** A member that stops something: founding, verifying slots, or forgetting deletes. */
    public record Blockage(NodeId by, String why, long sinceMs) {}

    /** Bytes on this node's disk that are not what was written. */
    public record DamagedBlock(String file, long offset) {}
}
