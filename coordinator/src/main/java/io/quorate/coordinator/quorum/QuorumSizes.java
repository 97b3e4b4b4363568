package io.quorate.coordinator.quorum;

/**
 * How many of {@code replicas} it takes. Any two majorities share a replica (Gifford, "Weighted Voting for Replicated
 * Data", SOSP '79): a reader of one meets a writer of the other.
 */
public record QuorumSizes(int replicas) {
    public QuorumSizes {
        if (replicas < 1 || replicas > AckTracker.REPLICAS_MAX) {
            throw new IllegalArgumentException(replicas + " replicas, allowed is 1 to " + AckTracker.REPLICAS_MAX);
        }
    }

    public int majority() {
        return replicas / 2 + 1;
    }

    /** How many replicas may be lost while a majority remains of those that are {@code up}; negative if too few are. */
    public int canLose(int up) {
        return up - majority();
    }
}
