package io.quorate.deploy.metrics;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.replica.MemberState;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The state of one event loop's coordinator. */
public record LoopFigures(int inFlight, int limit, long hedges, long hedgesDenied, List<Peer> peers) {
    /** On the coordinator's event loop. */
    public static LoopFigures of(Coordinator coordinator, List<ReplicaClient> replicas) {
        return new LoopFigures(
                coordinator.inFlight(),
                coordinator.limit(),
                coordinator.hedges(),
                coordinator.hedgesDenied(),
                replicas.stream()
                        .map(replica -> Peer.of(replica, coordinator.clock()))
                        .toList());
    }

    /**
     * One replica as the event loop sees it.
     *
     * @param slow whether it is much later than the best other replica
     * @param skewMs how far its clock is ahead. Empty if it has not reported its time.
     */
    record Peer(NodeId id, boolean reachable, boolean slow, boolean votes, OptionalLong skewMs, long hedgeDelayMs) {
        private static Peer of(ReplicaClient replica, Clock own) {
            return new Peer(
                    replica.id(),
                    replica.reachability().isReachable(),
                    replica.reachability() == Reachability.SLOW,
                    replica.votingStatus() == VotingStatus.VOTING,
                    MemberState.of(replica, Optional.empty()).skewMs(own),
                    replica.usualDelayMs());
        }

        boolean counts() {
            return reachable && votes;
        }
    }
}
