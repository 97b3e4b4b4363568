package io.quorate.coordinator.quorum;

/**
 * How many of {@code replicas} form a quorum. Any two majorities share a replica (Gifford, "Weighted Voting for
 * Replicated Data", SOSP '79). So a read at one majority meets a write at another. I1, I7 and I8 rest on that.
 */
public record QuorumSizes(int replicas) {
    public QuorumSizes {
        if (replicas < 1 || replicas > AckTracker.REPLICAS_MAX) {
            throw new IllegalArgumentException(replicas + " replicas, allowed are 1 to " + AckTracker.REPLICAS_MAX);
        }
    }

    public int majority() {
        return replicas / 2 + 1;
    }

    /** How many of the {@code up} replicas may fail before there is no majority. Negative if there is none now. */
    public int canLose(int up) {
        return up - majority();
    }
}
