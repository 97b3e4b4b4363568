package io.quorate.deploy.metrics;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;

/** The state of one event loop's coordinator. */
public record LoopFigures(int inFlight, long hedges, long hedgesDenied, List<Peer> peers) {
    /** On the coordinator's event loop. */
    public static LoopFigures of(Coordinator coordinator, List<ReplicaClient> replicas) {
        return new LoopFigures(
                coordinator.inFlight(),
                coordinator.hedges(),
                coordinator.hedgesDenied(),
                replicas.stream().map(Peer::of).toList());
    }

    /**
     * One replica as the event loop sees it.
     *
     * @param skewMs how far its clock is ahead
     */
    record Peer(NodeId id, boolean reachable, boolean votes, long skewMs, long hedgeDelayMs) {
        private static Peer of(ReplicaClient replica) {
            return new Peer(
                    replica.id(),
                    replica.reachability().isReachable(),
                    replica.votingStatus() == VotingStatus.VOTING,
                    replica.vitals().skewMs(),
                    replica.usualDelayMs());
        }

        boolean counts() {
            return reachable && votes;
        }
    }
}
